// Three threads enter one after the other, in any order, and one of them looks who was there before it.
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order, before;

static void* enter(void* number) {
  const int own = *(const int*)number;
  pthread_mutex_lock(&lock);
  if (own == 1) before = order;
  order = order * 10 + own;
  pthread_mutex_unlock(&lock);
  return NULL;
}

int main(void) {
  static const int numbers[3] = {1, 2, 3};
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, enter, (void*)&numbers[i]);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  printf("%d, before 1: %d\n", order, before);
}
