// The lock is initialised once, before there is anybody to use it.
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t mutex;
  int counter;
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

static void add(void) {
  sem_wait(&shared->mutex);
  shared->counter++;
  sem_post(&shared->mutex);
}

int main(void) {
  create();
  sem_init(&shared->mutex, 1, 1);
  start(add);
  start(add);
  finish();
  printf("counter %d\n", shared->counter);
  return shared->counter == 2 ? 0 : 1;
}
