// Threads that are cancelled: in pthread_cond_wait, where a clean-up handler gives the mutex back; in sleep and read;
// one that refuses to be and ends by itself; one that ends at pthread_testcancel.
// prints: taken 3
// prints: cancelled 1 1 1 0 1
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static int items, taken, ends[2];
static sem_t refuses;

static void unlock(void* lock) {
  if (pthread_mutex_unlock(lock) != 0) exit(1);
}

static void* consume(void* unused) {
  for (;;) {
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, &mutex);
    while (items == 0) pthread_cond_wait(&filled, &mutex);
    items--;
    taken++;
    pthread_cleanup_pop(1);
  }
  return unused;
}

static void* sleep_on(void* unused) {
  for (;;) sleep(1);
  return unused;
}

static void* read_on(void* unused) {
  char byte;
  if (read(ends[0], &byte, 1) >= 0) exit(1);
  return unused;
}

static void* refuse(void* unused) {
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
  sem_post(&refuses);
  sleep(2);
  return unused;
}

static void* ask(void* unused) {
  for (;;) pthread_testcancel(), sched_yield();
  return unused;
}

static int ended_by_cancel(pthread_t thread) {
  void* result;
  pthread_cancel(thread);
  if (pthread_join(thread, &result) != 0) exit(1);
  return result == PTHREAD_CANCELED;
}

int main(void) {
  pthread_t consumer, sleeper, reader, refuser, asker;
  if (pipe(ends) != 0 || sem_init(&refuses, 0, 0) != 0) return 1;
  pthread_create(&consumer, NULL, consume, NULL);
  pthread_create(&sleeper, NULL, sleep_on, NULL);
  pthread_create(&reader, NULL, read_on, NULL);
  pthread_create(&refuser, NULL, refuse, NULL);
  pthread_create(&asker, NULL, ask, NULL);
  for (int i = 0; i < 3; i++) {
    pthread_mutex_lock(&mutex);
    items++;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&mutex);
  }
  for (int all = 0; !all; sched_yield()) {
    pthread_mutex_lock(&mutex);
    all = taken == 3;
    pthread_mutex_unlock(&mutex);
  }
  printf("taken %d\n", taken);
  if (sem_wait(&refuses) != 0) return 1;
  const int a = ended_by_cancel(consumer), b = ended_by_cancel(sleeper), c = ended_by_cancel(reader);
  const int d = ended_by_cancel(refuser), e = ended_by_cancel(asker);
  printf("cancelled %d %d %d %d %d\n", a, b, c, d, e);
  return 0;
}
