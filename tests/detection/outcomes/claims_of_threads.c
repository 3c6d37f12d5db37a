// Two threads take a place if it is free, without a lock: one of them, or both, and either may write its name last.
#include <pthread.h>
#include <stdio.h>

static volatile int is_taken, by, claims[2];

static void* claim(void* number) {
  const int own = *(const int*)number;
  if (is_taken) return NULL;
  is_taken = 1;
  by = own;
  claims[own - 1] = 1;
  return NULL;
}

int main(void) {
  static const int numbers[2] = {1, 2};
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, claim, (void*)&numbers[i]);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d claims, by %d\n", claims[0] + claims[1], by);
}
