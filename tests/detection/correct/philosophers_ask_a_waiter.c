// Only two of three philosophers may sit down at a time; forks are mutexes, and each counts what the fork was used for.
// prints: 6
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t waiter;
static pthread_mutex_t fork_lock[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int used[3];

static void* philosopher(void* number) {
  int left = (int)(long)number, right = (left + 1) % 3;
  sem_wait(&waiter);
  pthread_mutex_lock(&fork_lock[left]);
  pthread_mutex_lock(&fork_lock[right]);
  used[left]++;
  used[right]++;
  pthread_mutex_unlock(&fork_lock[right]);
  pthread_mutex_unlock(&fork_lock[left]);
  sem_post(&waiter);
  return NULL;
}

int main(void) {
  pthread_t threads[3];
  sem_init(&waiter, 0, 2);
  for (long i = 0; i < 3; i++) pthread_create(&threads[i], NULL, philosopher, (void*)i);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  printf("%d\n", used[0] + used[1] + used[2]);
  return 0;
}
