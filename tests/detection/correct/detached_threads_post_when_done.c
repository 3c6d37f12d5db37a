// Detached threads cannot be joined; each posts a semaphore as the last thing it does with the array.
// prints: 0 1 4
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static int squares[3];
static sem_t done;

static void* work(void* number) {
  long n = (long)number;
  squares[n] = (int)(n * n);
  sem_post(&done);
  return NULL;
}

int main(void) {
  pthread_attr_t detached;
  pthread_t thread;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  sem_init(&done, 0, 0);
  for (long i = 0; i < 3; i++) pthread_create(&thread, &detached, work, (void*)i);
  for (int i = 0; i < 3; i++) sem_wait(&done);
  printf("%d %d %d\n", squares[0], squares[1], squares[2]);
  return 0;
}
