// Each process initialises the lock when it starts; the later one opens it while the other is inside.
// shows: exit 1
// races: shared->counter, harmful
// finds: value-set-again
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
  sem_init(&shared->mutex, 1, 1);
  sem_wait(&shared->mutex);
  shared->counter++;
  sem_post(&shared->mutex);
}

int main(void) {
  create();
  start(add);
  start(add);
  finish();
  printf("counter %d\n", shared->counter);
  return shared->counter == 2 ? 0 : 1;
}
