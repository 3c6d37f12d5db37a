// The waiter looks at the flag without the lock: the signal may come between the look and the wait, and is lost.
// shows: deadlock
// races: shared->done, harmful
// deadlock: lost-wake-up
// story: signals shared->changed: wakes nobody; waits on shared->changed
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int done;
  int went_on;
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

static void wait_for_it(void) {
  while (!shared->done) {
    pthread_mutex_lock(&shared->lock);
    pthread_cond_wait(&shared->changed, &shared->lock);
    pthread_mutex_unlock(&shared->lock);
  }
  shared->went_on = 1;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void announce(void) {
  prepare();
  pthread_mutex_lock(&shared->lock);
  shared->done = 1;
  pthread_cond_signal(&shared->changed);
  pthread_mutex_unlock(&shared->lock);
}

int main(void) {
  create();
  create_monitor();
  start(wait_for_it);
  start(announce);
  finish();
  printf("went on %d\n", shared->went_on);
  return shared->went_on == 1 ? 0 : 1;
}
