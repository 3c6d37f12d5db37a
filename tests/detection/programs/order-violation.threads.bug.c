// Flag and number are each written under the lock, but the flag first: between the two a reader finds it without
// number.
// shows: exit 1
// story: ready; number
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ready;
static int number;
static int wrong;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void set(int* what, int to) {
  pthread_mutex_lock(&lock);
  *what = to;
  pthread_mutex_unlock(&lock);
}

static void* give(void* nothing) {
  set(&ready, 1);
  set(&number, 42);
  return nothing;
}

static void* take(void* nothing) {
  pthread_mutex_lock(&lock);
  if (ready && number != 42) wrong = 1;
  pthread_mutex_unlock(&lock);
  return nothing;
}

int main(void) {
  pthread_t giver = start(give);
  pthread_t taker = start(take);
  pthread_join(giver, NULL);
  pthread_join(taker, NULL);
  printf("%s\n", wrong ? "flag without number" : "fine");
  return wrong;
}
