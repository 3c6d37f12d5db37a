// The flag is set without the lock, so the signal may come after the waiter's look and before its wait, and is lost.
// shows: deadlock
// races: done, harmful
// deadlock: lost-wake-up
// story: signals changed: wakes nobody; waits on changed
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int done;
static int went_on;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* wait_for_it(void* nothing) {
  pthread_mutex_lock(&lock);
  while (!done) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
  went_on = 1;
  return nothing;
}

static void* announce(void* nothing) {
  done = 1;
  pthread_cond_signal(&changed);
  return nothing;
}

int main(void) {
  pthread_t waiter = start(wait_for_it);
  pthread_t announcer = start(announce);
  pthread_join(waiter, NULL);
  pthread_join(announcer, NULL);
  printf("went on %d\n", went_on);
  return went_on == 1 ? 0 : 1;
}
