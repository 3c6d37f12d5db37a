// Two processes sell the last seat. Whether it is free is looked up before the lock is taken, so both may sell it.
// shows: exit 1
// races: shared->free, harmful
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int free;
  int sold;
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

static void sell(void) {
  if (shared->free > 0) {
    P(0);
    shared->free--;
    shared->sold++;
    V(0);
  }
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void sell_later(void) {
  prepare();
  sell();
}

int main(void) {
  create(1, (unsigned short[]){1});
  shared->free = 1;
  start(sell);
  start(sell_later);
  finish();
  printf("sold %d\n", shared->sold);
  return shared->sold == 1 ? 0 : 1;
}
