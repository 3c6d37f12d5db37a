// A counter of main's is counted up by main and by a thread, to which main gave its address: main waits for the thread
// before it counts.
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
  pthread_join(thread, NULL);
  counter++;
  printf("counter %d\n", counter);
  return counter == 2 ? 0 : 1;
}
