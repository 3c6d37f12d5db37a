// The same with a mutex, which puts to sleep who has to wait.
// prints: 2
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t taken = PTHREAD_MUTEX_INITIALIZER;
static volatile int counter;

static void prepare(void) {
  for (volatile int i = 0; i < 30; i = i + 1) continue;
}

static void* work(void* nothing) {
  pthread_mutex_lock(&taken);
  counter = counter + 1;
  prepare();
  pthread_mutex_unlock(&taken);
  return nothing;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d\n", counter);
  return counter == 2 ? 0 : 1;
}
