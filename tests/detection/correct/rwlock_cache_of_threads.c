// A cache: looked up under the read lock, filled under the write lock after another look.
// prints: 9 16 9 16, filled 2 times
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int known[5], square[5], filled;

static int look_up(int n) {
  int found, value = 0;
  pthread_rwlock_rdlock(&lock);
  found = known[n];
  if (found) value = square[n];
  pthread_rwlock_unlock(&lock);
  if (found) return value;
  pthread_rwlock_wrlock(&lock);
  if (!known[n]) {
    known[n] = 1;
    square[n] = n * n;
    filled++;
  }
  value = square[n];
  pthread_rwlock_unlock(&lock);
  return value;
}

static void* worker(void* n) { return (void*)(long)look_up((int)(long)n); }

int main(void) {
  pthread_t threads[4];
  void* results[4];
  for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, worker, (void*)(3 + i % 2));
  for (int i = 0; i < 4; i++) pthread_join(threads[i], &results[i]);
  printf("%ld %ld %ld %ld, filled %d times\n", (long)results[0], (long)results[1], (long)results[2], (long)results[3],
         filled);
  return 0;
}
