// Two processes add to a counter under a semaphore that lies in the memory they share, so no addition is lost.
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int counter;
  sem_t mutex;
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
