// Two processes enter a job in the next free slot. The lock is given back between finding the slot and filling it, so
// one job may overwrite the other.
// shows: exit 1
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t mutex;
  int next;
  int slots[2];
};

static struct shared* shared;

static void create(void) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit(2);
}

static void start(void (*work)(int), int number) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(number), _exit(0);
}

static void finish(void) {
  int failed = 0;
  for (int status; wait(&status) > 0;) failed |= status;
  if (failed) exit(2);
}

static void print(int job) {
  sem_wait(&shared->mutex);
  int slot = shared->next;
  sem_post(&shared->mutex);
  sem_wait(&shared->mutex);
  shared->slots[slot] = job;
  shared->next = slot + 1;
  sem_post(&shared->mutex);
}

int main(void) {
  create();
  sem_init(&shared->mutex, 1, 1);
  start(print, 1);
  start(print, 2);
  finish();
  printf("jobs %d and %d\n", shared->slots[0], shared->slots[1]);
  return shared->slots[0] + shared->slots[1] == 3 ? 0 : 1;
}
