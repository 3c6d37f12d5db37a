// The semaphore that is meant as a lock starts at 2, so both threads get in and an addition may be lost.
// shows: exit 1
// races: counter, harmful
// story: counter
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

static sem_t mutex;
static int counter;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* add(void* nothing) {
  sem_wait(&mutex);
  counter++;
  sem_post(&mutex);
  return nothing;
}

int main(void) {
  sem_init(&mutex, 0, 2);
  pthread_t first = start(add);
  pthread_t second = start(add);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("counter %d\n", counter);
  return counter == 2 ? 0 : 1;
}
