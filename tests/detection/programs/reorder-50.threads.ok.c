// 50 threads write a, then b; one reads both. Each does so in one section, so a and b always belong together.
// hard: yes
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { kSetters = 50 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int a;
static int b;
static int wrong;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* set_both(void* nothing) {
  pthread_mutex_lock(&lock);
  a = 1;
  b = -1;
  pthread_mutex_unlock(&lock);
  return nothing;
}

static void* check(void* nothing) {
  pthread_mutex_lock(&lock);
  int seen_a = a;
  int seen_b = b;
  pthread_mutex_unlock(&lock);
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
