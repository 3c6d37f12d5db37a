// The V comes before the work is done, so the other process may go on with a number that was never written.
// shows: exit 1
// races: shared->number, harmful
// story: number
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t ready;
  int number;
  int seen;
};

static struct shared* shared;

static void create(void) {
  char name[32];
  snprintf(name, sizeof name, "/detection.%d", (int)getpid());
  int descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (descriptor == -1 || shm_unlink(name) == -1 || ftruncate(descriptor, sizeof *shared) == -1) exit(2);
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (shared == MAP_FAILED) exit(2);
  close(descriptor);
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

static void give(void) {
  sem_post(&shared->ready);
  shared->number = 42;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void take(void) {
  prepare();
  sem_wait(&shared->ready);
  shared->seen = shared->number;
}

int main(void) {
  create();
  sem_init(&shared->ready, 1, 0);
  start(give);
  start(take);
  finish();
  printf("seen %d\n", shared->seen);
  return shared->seen == 42 ? 0 : 1;
}
