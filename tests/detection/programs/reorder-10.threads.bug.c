// 10 threads write a, then b; one reads both. Without a lock it may see a new a with the old b (SCTBench's reorder).
// shows: exit 1
// races: a
// races: b
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { kSetters = 10 };

static int a;
static int b;
static int wrong;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* set_both(void* nothing) {
  a = 1;
  b = -1;
  return nothing;
}

static void* check(void* nothing) {
  int seen_a = a;
  int seen_b = b;
  if (seen_a + seen_b != 0) wrong = 1;
  return nothing;
}

int main(void) {
  pthread_t setters[kSetters];
  for (int i = 0; i < kSetters; i++) setters[i] = start(set_both);
  pthread_t checker = start(check);
  for (int i = 0; i < kSetters; i++) pthread_join(setters[i], NULL);
  pthread_join(checker, NULL);
  printf("%s\n", wrong ? "a without b" : "fine");
  return wrong;
}
