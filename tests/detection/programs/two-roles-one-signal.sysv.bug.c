// Producer and consumers wait in one room and a change wakes one of them: a consumer may wake the other consumer where
// the producer was meant, and then all wait.
// shows: deadlock
// deadlock: process-ended
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

// Semaphores 0 to 2: the waiting place of each task.
enum { kTasks = 3, kMutex = kTasks, kProducer = 2 };

struct shared {
  int items;
  int taken;
  int waits[kTasks];
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

static void start(void (*work)(int), int number) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(number), _exit(0);
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

static void wait_here(int self) {
  shared->waits[self] = 1;
  V(kMutex);
  P(self);
  P(kMutex);
}

static void wake(void) {
  for (int i = 0; i < kTasks; i++) {
    if (!shared->waits[i]) continue;
    shared->waits[i] = 0;
    V(i);
    break;
  }
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void consume(int self) {
  prepare();
  P(kMutex);
  while (shared->items == 0) wait_here(self);
  shared->items--;
  shared->taken++;
  wake();
  V(kMutex);
}

static void produce(int self) {
  for (int i = 0; i < 2; i++) {
    P(kMutex);
    while (shared->items == 1) wait_here(self);
    shared->items++;
    wake();
    V(kMutex);
  }
}

int main(void) {
  create(kTasks + 1, (unsigned short[]){0, 0, 0, 1});
  start(produce, kProducer);
  start(consume, 0);
  start(consume, 1);
  finish();
  printf("taken %d\n", shared->taken);
  return shared->taken == 2 && shared->items == 0 ? 0 : 1;
}
