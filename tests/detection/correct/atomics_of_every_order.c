// Numbers handed over by atomics: release and acquire, sequentially consistent, read-modify-write, a release sequence,
// relaxed ones with fences, a spin lock. Between processes and between threads.
// prints: processes 21, threads 21
// finds: busy-waiting
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int numbers[6];
  int sum;
  atomic_int flags[6];
  atomic_flag lock;
};

static void give(struct shared* shared) {
  for (int i = 0; i < 6; i++) shared->numbers[i] = 0;
  shared->numbers[0] = 1;
  atomic_store_explicit(&shared->flags[0], 1, memory_order_release);
  shared->numbers[1] = 2;
  atomic_store(&shared->flags[1], 1);
  shared->numbers[2] = 3;
  atomic_fetch_add_explicit(&shared->flags[2], 1, memory_order_acq_rel);
  shared->numbers[3] = 4;
  atomic_store_explicit(&shared->flags[3], 1, memory_order_release);
  atomic_fetch_add_explicit(&shared->flags[3], 1, memory_order_relaxed);
  shared->numbers[4] = 5;
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&shared->flags[4], 1, memory_order_relaxed);
  while (atomic_flag_test_and_set_explicit(&shared->lock, memory_order_acquire)) sched_yield();
  shared->numbers[5] = 6;
  atomic_store_explicit(&shared->flags[5], 1, memory_order_relaxed);
  atomic_flag_clear_explicit(&shared->lock, memory_order_release);
}

static void take(struct shared* shared) {
  int sum = 0, expected;
  while (!atomic_load_explicit(&shared->flags[0], memory_order_acquire)) sched_yield();
  sum += shared->numbers[0];
  while (!atomic_load(&shared->flags[1])) sched_yield();
  sum += shared->numbers[1];
  do expected = 1;
  while (!atomic_compare_exchange_weak_explicit(&shared->flags[2], &expected, 2, memory_order_acquire,
                                                memory_order_relaxed) &&
         (sched_yield(), 1));
  sum += shared->numbers[2];
  while (atomic_load_explicit(&shared->flags[3], memory_order_acquire) != 2) sched_yield();
  sum += shared->numbers[3];
  while (!atomic_load_explicit(&shared->flags[4], memory_order_relaxed)) sched_yield();
  atomic_thread_fence(memory_order_acquire);
  sum += shared->numbers[4];
  for (int ready = 0; !ready; sched_yield()) {
    while (atomic_flag_test_and_set_explicit(&shared->lock, memory_order_acquire)) sched_yield();
    ready = atomic_load_explicit(&shared->flags[5], memory_order_relaxed);
    if (ready) sum += shared->numbers[5];
    atomic_flag_clear_explicit(&shared->lock, memory_order_release);
  }
  shared->sum = sum;
}

static void* give_in_thread(void* shared) { return give(shared), NULL; }
static void* take_in_thread(void* shared) { return take(shared), NULL; }

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) give(shared), _exit(0);
  if (fork() == 0) take(shared), _exit(0);
  while (wait(NULL) > 0) continue;
  static struct shared own;
  pthread_t threads[2];
  pthread_create(&threads[0], NULL, take_in_thread, &own);
  pthread_create(&threads[1], NULL, give_in_thread, &own);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("processes %d, threads %d\n", shared->sum, own.sum);
  return 0;
}
