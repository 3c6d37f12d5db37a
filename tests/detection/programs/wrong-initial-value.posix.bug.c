// The semaphore that orders the two steps starts at 1, so the second step may come before the first.
// shows: exit 1
// races: shared->number, harmful
// story: shared->number
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int number;
  int seen;
};

static sem_t* done;

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

static void first(void) {
  shared->number = 42;
  sem_post(done);
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void second(void) {
  prepare();
  sem_wait(done);
  shared->seen = shared->number;
}

int main(void) {
  create();
  char name[32];
  snprintf(name, sizeof name, "/detection.%d", (int)getpid());
  done = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
  if (done == SEM_FAILED || sem_unlink(name) == -1) exit(2);
  start(first);
  start(second);
  finish();
  printf("seen %d\n", shared->seen);
  return shared->seen == 42 ? 0 : 1;
}
