// Between finding that nothing is done and saying that it waits, the waiter may miss the announcement; nobody wakes
// it.
// shows: deadlock
// races: shared->done, harmful
// races: shared->waits, harmful
// deadlock: process-ended
// story: shared->waits; wants P(semaphore 1)
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMutex, kWake };

struct shared {
  int done;
  int waits;
  int went_on;
};

union semun {
  int val;
  unsigned short* array;
};

static struct shared* shared;
static int segment, set;

static void create(int members, unsigned short* values) {
  segment = shmget(IPC_PRIVATE, sizeof *shared, 0600);
  shared = shmat(segment, NULL, 0);
  set = semget(IPC_PRIVATE, members, 0600);
  if (shared == (void*)-1 || semctl(set, 0, SETALL, (union semun){.array = values}) == -1) exit(2);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

static void finish(void) {
  int failed = 0;
  for (int status; wait(&status) > 0;) failed |= status;
  semctl(set, 0, IPC_RMID);
  shmctl(segment, IPC_RMID, NULL);
  if (failed) exit(2);
}

static void change(int member, int by) {
  struct sembuf operation = {.sem_num = (unsigned short)member, .sem_op = (short)by};
  while (semop(set, &operation, 1) == -1)
    if (errno != EINTR) exit(2);
}
static void P(int member) { change(member, -1); }
static void V(int member) { change(member, 1); }

static void wait_for_it(void) {
  if (!shared->done) {
    shared->waits = 1;
    P(kWake);
  }
  shared->went_on = 1;
}

static void announce(void) {
  shared->done = 1;
  if (shared->waits) V(kWake);
}

int main(void) {
  create(2, (unsigned short[]){1, 0});
  start(wait_for_it);
  start(announce);
  finish();
  printf("went on %d\n", shared->went_on);
  return shared->went_on == 1 ? 0 : 1;
}
