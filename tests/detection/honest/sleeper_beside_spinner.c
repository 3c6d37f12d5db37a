// The owner of a lock sleeps while another tries it again and again: time passes though somebody can always go on. A
// third waits for both with a time limit, which is long enough.
// prints: 2 0
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;
static int count;

static void finish(void) {
  count++;
  pthread_mutex_unlock(&first);
  pthread_mutex_unlock(&second);
  sem_post(&done);
}

static void* sleep_with_it(void* unused) {
  pthread_mutex_lock(&second);
  sleep(2);
  pthread_mutex_lock(&first);
  finish();
  return unused;
}

static void* try_again(void* unused) {
  for (;; sched_yield()) {
    pthread_mutex_lock(&first);
    if (pthread_mutex_trylock(&second) == 0) break;
    pthread_mutex_unlock(&first);
  }
  finish();
  return unused;
}

int main(void) {
  pthread_t threads[2];
  struct timespec limit;
  sem_init(&done, 0, 0);
  pthread_create(&threads[0], NULL, sleep_with_it, NULL);
  pthread_create(&threads[1], NULL, try_again, NULL);
  clock_gettime(CLOCK_REALTIME, &limit);
  limit.tv_sec += 60;
  int late = 0;
  for (int i = 0; i < 2; i++) late += sem_timedwait(&done, &limit) != 0;
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d %d\n", count, late);
  return 0;
}
