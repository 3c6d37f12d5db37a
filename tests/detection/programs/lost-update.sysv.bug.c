// Two processes add to a counter in shared memory; each reads it before it takes the lock, so an addition may be lost.
// shows: exit 1
// races: shared->counter, harmful
// story: reads shared->counter: 0; writes shared->counter: 1
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int counter;
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

static void add(void) {
  int seen = shared->counter;
  P(0);
  shared->counter = seen + 1;
  V(0);
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void add_later(void) {
  prepare();
  add();
}

int main(void) {
  create(1, (unsigned short[]){1});
  start(add);
  start(add_later);
  finish();
  printf("counter %d\n", shared->counter);
  return shared->counter == 2 ? 0 : 1;
}
