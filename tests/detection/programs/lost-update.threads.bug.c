// Each call of add has a mutex of its own, which keeps nobody out: an addition may be lost.
// shows: exit 1
// races: counter, harmful
// story: counter
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int counter;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* add(void* nothing) {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  counter++;
  pthread_mutex_unlock(&lock);
  return nothing;
}

int main(void) {
  pthread_t first = start(add);
  pthread_t second = start(add);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("counter %d\n", counter);
  return counter == 2 ? 0 : 1;
}
