// The main thread sleeps instead of joining before it looks; a worker that is held up for longer comes too late.
// shows: exit 1
// search finds: sleep-as-synchronisation
// races: number, harmful
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <unistd.h>
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
  usleep(20000);
  int seen = number;
  pthread_join(worker, NULL);
  printf("seen %d\n", seen);
  return seen == 42 ? 0 : 1;
}
