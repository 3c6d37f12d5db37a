// The reader sleeps instead of waiting for the V; a writer that is held up for longer comes too late.
// shows: exit 1
// search finds: sleep-as-synchronisation
// races: shared->number, harmful
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int number;
  int seen;
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
static void V(int member) { change(member, 1); }

static void give(void) {
  shared->number = 42;
  V(0);
}

static void take(void) {
  usleep(20000);
  shared->seen = shared->number;
}

int main(void) {
  create(1, (unsigned short[]){0});
  start(give);
  start(take);
  finish();
  printf("seen %d\n", shared->seen);
  return shared->seen == 42 ? 0 : 1;
}
