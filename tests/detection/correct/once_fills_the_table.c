// Every thread calls pthread_once before it reads the table.
// prints: 14 14 14
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int table[4], filled;

static void fill(void) {
  for (int i = 0; i < 4; i++) table[i] = i * i;
  filled++;
}
static void* reader(void* unused) {
  long sum = 0;
  (void)unused;
  pthread_once(&once, fill);
  for (int i = 0; i < 4; i++) sum += table[i];
  return (void*)(filled == 1 ? sum : -1);
}

int main(void) {
  pthread_t threads[3];
  void* sums[3];
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, reader, NULL);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], &sums[i]);
  printf("%ld %ld %ld\n", (long)sums[0], (long)sums[1], (long)sums[2]);
  return 0;
}
