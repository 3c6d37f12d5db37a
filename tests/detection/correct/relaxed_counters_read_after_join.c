// Relaxed counters are no race, and after the join their sum is exact.
// prints: 400
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int hits;
static int own[4];

static void* worker(void* number) {
  for (int i = 0; i < 50; i++) {
    atomic_fetch_add_explicit(&hits, 1, memory_order_relaxed);
    own[(long)number]++;
  }
  return NULL;
}

int main(void) {
  pthread_t threads[4];
  for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, worker, (void*)i);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  printf("%d\n", hits + own[0] + own[1] + own[2] + own[3]);
  return 0;
}
