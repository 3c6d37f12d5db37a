// A thread computes and raises a flag, which is a local variable of main; main yields until it is up.
// prints: 42
// finds: busy-waiting
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static int answer;

static void* compute(void* argument) {
  atomic_int* ready = argument;
  answer = 6 * 7;
  atomic_store_explicit(ready, 1, memory_order_release);
  return NULL;
}

int main(void) {
  atomic_int ready = 0;
  pthread_t thread;
  pthread_create(&thread, NULL, compute, &ready);
  while (!atomic_load_explicit(&ready, memory_order_acquire)) sched_yield();
  printf("%d\n", answer);
  pthread_join(thread, NULL);
  return 0;
}
