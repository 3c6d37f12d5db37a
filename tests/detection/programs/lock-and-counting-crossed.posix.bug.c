// A consumer takes the lock before it waits for an item: when it comes first, the producer never gets in.
// shows: deadlock
// deadlock: circular-wait
// story: wants
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t filled;
  sem_t mutex;
  int items[2];
  int in;
  int out;
  int sum;
};

static struct shared* shared;

static void create(void) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit(2);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

static void finish(void) {
  int failed = 0;
  for (int status; wait(&status) > 0;) failed |= status;
  if (failed) exit(2);
}

static void produce(void) {
  for (int item = 1; item <= 2; item++) {
    sem_wait(&shared->mutex);
    shared->items[shared->in++] = item;
    sem_post(&shared->mutex);
    sem_post(&shared->filled);
  }
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void consume(void) {
  prepare();
  sem_wait(&shared->mutex);
  sem_wait(&shared->filled);
  shared->sum += shared->items[shared->out++];
  sem_post(&shared->mutex);
}

int main(void) {
  create();
  sem_init(&shared->filled, 1, 0);
  sem_init(&shared->mutex, 1, 1);
  start(produce);
  start(consume);
  start(consume);
  finish();
  printf("sum %d\n", shared->sum);
  return shared->sum == 3 ? 0 : 1;
}
