// Functions of the program's own lock and unlock around a static variable, twice in one function: the compiler must not
// keep the variable in a register from the one to the other.
// prints: 4
// finds: busy-waiting
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int counter;

static void lock(void) {
  while (atomic_flag_test_and_set(&taken)) sched_yield();
}

static void unlock(void) { atomic_flag_clear(&taken); }

static void* work(void* argument) {
  lock();
  counter++;
  unlock();
  lock();
  counter++;
  unlock();
  return argument;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d\n", counter);
  return 0;
}
