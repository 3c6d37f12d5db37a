// Threads compute a row of cells step by step from their neighbours, with a barrier after each step.
// prints: 1 4 6 4 1
#include <pthread.h>
#include <stdio.h>

#define N 5
static int row[2][N + 2];
static pthread_barrier_t barrier;

static void* cell(void* number) {
  int at = (int)(long)number;
  for (int step = 0; step < 4; step++) {
    row[(step + 1) % 2][at] = step % 2 == 0 ? row[0][at] + row[0][at - 1] : row[1][at] + row[1][at - 1];
    pthread_barrier_wait(&barrier);
  }
  return NULL;
}

int main(void) {
  pthread_t threads[N];
  pthread_barrier_init(&barrier, NULL, N);
  row[0][1] = 1;
  for (long i = 0; i < N; i++) pthread_create(&threads[i], NULL, cell, (void*)(i + 1));
  for (int i = 0; i < N; i++) pthread_join(threads[i], NULL);
  for (int i = 1; i <= N; i++) printf("%d%c", row[0][i], i < N ? ' ' : '\n');
  return 0;
}
