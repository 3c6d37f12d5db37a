// A ring for one producer and one consumer: the indices are atomic, the slots are not.
// prints: 55
// finds: busy-waiting
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

#define SIZE 4
static int slots[SIZE];
static atomic_int head, tail;

static void* produce(void* unused) {
  for (int i = 1; i <= 10; i++) {
    int at = atomic_load_explicit(&head, memory_order_relaxed);
    while (at - atomic_load_explicit(&tail, memory_order_acquire) == SIZE) sched_yield();
    slots[at % SIZE] = i;
    atomic_store_explicit(&head, at + 1, memory_order_release);
  }
  return unused;
}

int main(void) {
  pthread_t producer;
  int sum = 0;
  pthread_create(&producer, NULL, produce, NULL);
  for (int i = 0; i < 10; i++) {
    int at = atomic_load_explicit(&tail, memory_order_relaxed);
    while (atomic_load_explicit(&head, memory_order_acquire) == at) sched_yield();
    sum += slots[at % SIZE];
    atomic_store_explicit(&tail, at + 1, memory_order_release);
  }
  pthread_join(producer, NULL);
  printf("%d\n", sum);
  return 0;
}
