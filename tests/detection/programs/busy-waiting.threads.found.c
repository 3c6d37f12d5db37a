// Threads that take a lock of their own by trying again and again, giving the processor away in between.
// finds: busy-waiting
// evidence: while (atomic_exchange(&taken, 1) == 1) sched_yield();
// evidence: atomic_store(&taken, 0);
// prints: 2
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int taken;
static volatile int counter;

static void prepare(void) {
  for (volatile int i = 0; i < 30; i = i + 1) continue;
}

static void* work(void* nothing) {
  while (atomic_exchange(&taken, 1) == 1) sched_yield();
  counter = counter + 1;
  prepare();
  atomic_store(&taken, 0);
  return nothing;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d\n", counter);
  return counter == 2 ? 0 : 1;
}
