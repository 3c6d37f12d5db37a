// Producer and consumers wait on one condition variable and a change wakes one of them: a consumer may wake the other
// consumer where the producer was meant, and then all wait.
// shows: deadlock
// deadlock: lost-wake-up
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int items;
static int taken;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void* consume(void* nothing) {
  prepare();
  pthread_mutex_lock(&lock);
  while (items == 0) pthread_cond_wait(&changed, &lock);
  items--;
  taken++;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&lock);
  return nothing;
}

static void* produce(void* nothing) {
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&lock);
    while (items == 1) pthread_cond_wait(&changed, &lock);
    items++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
  }
  return nothing;
}

int main(void) {
  pthread_t producer = start(produce);
  pthread_t first = start(consume);
  pthread_t second = start(consume);
  pthread_join(producer, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("taken %d\n", taken);
  return taken == 2 && items == 0 ? 0 : 1;
}
