// A consumer that was woken looks again and waits once more when another took the item in between.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

// Semaphores 0 and 1: the waiting place of each consumer.
enum { kConsumers = 2, kMutex = kConsumers };

struct shared {
  int items;
  int wrong;
  int waits[kConsumers];
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

static void consume(int self) {
  P(kMutex);
  while (shared->items == 0) {
    shared->waits[self] = 1;
    V(kMutex);
    P(self);
    P(kMutex);
  }
  if (shared->items == 0) shared->wrong = 1;
  shared->items--;
  V(kMutex);
}

static void produce(int count) {
  for (int i = 0; i < count; i++) {
    P(kMutex);
    shared->items++;
    for (int j = 0; j < kConsumers; j++) {
      if (!shared->waits[j]) continue;
      shared->waits[j] = 0;
      V(j);
      break;
    }
    V(kMutex);
  }
}

int main(void) {
  create(kConsumers + 1, (unsigned short[]){0, 0, 1});
  start(produce, 2);
  start(consume, 0);
  start(consume, 1);
  finish();
  printf("%s\n", shared->wrong ? "took what was not there" : "fine");
  return shared->wrong || shared->items != 0;
}
