// The main thread joins the worker before it looks.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int number;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* work(void* nothing) {
  number = 42;
  return nothing;
}

int main(void) {
  pthread_t worker = start(work);
  pthread_join(worker, NULL);
  int seen = number;
  printf("seen %d\n", seen);
  return seen == 42 ? 0 : 1;
}
