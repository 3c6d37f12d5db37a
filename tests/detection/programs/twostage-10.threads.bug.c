// 10 threads set first in one section and second in another; a reader may come between the stages and find a first
// without its second (SCTBench's twostage).
// shows: exit 1
// races: first
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { kSetters = 10 };

static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;
static int first;
static int second;
static int wrong;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* set_both(void* nothing) {
  pthread_mutex_lock(&first_lock);
  first = 1;
  pthread_mutex_unlock(&first_lock);
  pthread_mutex_lock(&second_lock);
  second = first + 1;
  pthread_mutex_unlock(&second_lock);
  return nothing;
}

static void* check(void* nothing) {
  pthread_mutex_lock(&first_lock);
  int seen_first = first;
  pthread_mutex_unlock(&first_lock);
  if (seen_first == 0) return nothing;
  pthread_mutex_lock(&second_lock);
  int seen_second = second;
  pthread_mutex_unlock(&second_lock);
  if (seen_second != seen_first + 1) wrong = 1;
  return nothing;
}

int main(void) {
  pthread_t setters[kSetters];
  for (int i = 0; i < kSetters; i++) setters[i] = start(set_both);
  pthread_t checker = start(check);
  for (int i = 0; i < kSetters; i++) pthread_join(setters[i], NULL);
  pthread_join(checker, NULL);
  printf("%s\n", wrong ? "first without second" : "fine");
  return wrong;
}
