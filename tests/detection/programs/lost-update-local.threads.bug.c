// A counter of main's is counted up by main and by a thread, to which main gave its address: an addition may be lost.
// shows: exit 1
// races: counter, harmful
// story: counter
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void* add(void* argument) {
  int* shared = argument;
  ++*shared;
  return NULL;
}

int main(void) {
  int counter = 0;
  pthread_t thread;
  if (pthread_create(&thread, NULL, add, &counter) != 0) exit(2);
  counter++;
  pthread_join(thread, NULL);
  printf("counter %d\n", counter);
  return counter == 2 ? 0 : 1;
}
