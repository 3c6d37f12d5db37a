// Producer and consumers wait on one condition variable and a change wakes one of them: a consumer may wake the other
// consumer where the producer was meant, and then all wait.
// shows: deadlock
// deadlock: lost-wake-up
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int items;
  int taken;
};

static struct shared* shared;

static void create(void) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit(2);
}

static void create_monitor(void) {
  pthread_mutexattr_t mutex_kind;
  pthread_mutexattr_init(&mutex_kind);
  pthread_mutexattr_setpshared(&mutex_kind, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->lock, &mutex_kind);
  pthread_condattr_t condition_kind;
  pthread_condattr_init(&condition_kind);
  pthread_condattr_setpshared(&condition_kind, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&shared->changed, &condition_kind);
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

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void consume(void) {
  prepare();
  pthread_mutex_lock(&shared->lock);
  while (shared->items == 0) pthread_cond_wait(&shared->changed, &shared->lock);
  shared->items--;
  shared->taken++;
  pthread_cond_signal(&shared->changed);
  pthread_mutex_unlock(&shared->lock);
}

static void produce(void) {
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&shared->lock);
    while (shared->items == 1) pthread_cond_wait(&shared->changed, &shared->lock);
    shared->items++;
    pthread_cond_signal(&shared->changed);
    pthread_mutex_unlock(&shared->lock);
  }
}

int main(void) {
  create();
  create_monitor();
  start(produce);
  start(consume);
  start(consume);
  finish();
  printf("taken %d\n", shared->taken);
  return shared->taken == 2 && shared->items == 0 ? 0 : 1;
}
