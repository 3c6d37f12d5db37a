// The thread that finds the list empty returns with the lock: when it comes first, the other waits for ever.
// shows: deadlock
// deadlock: process-ended
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int items;
static int taken;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* put(void* nothing) {
  pthread_mutex_lock(&lock);
  items++;
  pthread_mutex_unlock(&lock);
  return nothing;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void* take(void* nothing) {
  prepare();
  pthread_mutex_lock(&lock);
  if (items == 0) {
    return nothing;
  }
  items--;
  taken++;
  pthread_mutex_unlock(&lock);
  return nothing;
}

int main(void) {
  pthread_t putter = start(put);
  pthread_t taker = start(take);
  pthread_join(putter, NULL);
  pthread_join(taker, NULL);
  printf("items %d, taken %d\n", items, taken);
  return items + taken == 1 ? 0 : 1;
}
