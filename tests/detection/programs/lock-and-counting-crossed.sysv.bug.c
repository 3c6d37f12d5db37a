// The consumer takes the lock before it waits for an item: when it comes first, the producer never gets in.
// shows: deadlock
// deadlock: circular-wait
// story: P(semaphore 2): 1 -> 0; wants P(semaphore 0); wants P(semaphore 2)
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kFilled, kEmpty, kMutex };

struct shared {
  int buffer[2];
  int sum;
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

static void produce(void) {
  for (int item = 1; item <= 2; item++) {
    P(kEmpty);
    P(kMutex);
    shared->buffer[item % 2] = item;
    V(kMutex);
    V(kFilled);
  }
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void consume(void) {
  prepare();
  for (int item = 1; item <= 2; item++) {
    P(kMutex);
    P(kFilled);
    shared->sum += shared->buffer[item % 2];
    V(kMutex);
    V(kEmpty);
  }
}

int main(void) {
  create(3, (unsigned short[]){0, 2, 1});
  start(produce);
  start(consume);
  finish();
  printf("sum %d\n", shared->sum);
  return shared->sum == 3 ? 0 : 1;
}
