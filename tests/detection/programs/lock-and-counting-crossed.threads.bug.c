// The consumer takes the lock before it waits for an item: when it comes first, the producer never gets in.
// shows: deadlock
// deadlock: circular-wait
// story: wants
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t filled;
static int items;
static int taken;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* produce(void* nothing) {
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&lock);
    items++;
    pthread_mutex_unlock(&lock);
    sem_post(&filled);
  }
  return nothing;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void* consume(void* nothing) {
  prepare();
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&lock);
    sem_wait(&filled);
    items--;
    taken++;
    pthread_mutex_unlock(&lock);
  }
  return nothing;
}

int main(void) {
  sem_init(&filled, 0, 0);
  pthread_t producer = start(produce);
  pthread_t consumer = start(consume);
  pthread_join(producer, NULL);
  pthread_join(consumer, NULL);
  printf("items %d, taken %d\n", items, taken);
  return items == 0 && taken == 2 ? 0 : 1;
}
