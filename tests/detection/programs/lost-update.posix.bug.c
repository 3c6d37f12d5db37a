// The semaphore lies in private memory, so after fork each process locks its own copy and an addition may be lost.
// shows: exit 1
// races: shared->counter, harmful
// story: counter
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int counter;
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

static sem_t mutex;

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
  sem_wait(&mutex);
  shared->counter++;
  sem_post(&mutex);
}

int main(void) {
  create();
  sem_init(&mutex, 1, 1);
  start(add);
  start(add);
  finish();
  printf("counter %d\n", shared->counter);
  return shared->counter == 2 ? 0 : 1;
}
