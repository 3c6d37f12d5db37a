// The flag tells that initialisation has begun, not that it is over: the other thread may use the table too early.
// shows: exit 1
// races: table, harmful
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int ready;
static int table;
static atomic_int wrong;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* use(void* nothing) {
  if (!atomic_load(&ready)) {
    pthread_mutex_lock(&lock);
    if (!atomic_load(&ready)) {
      atomic_store(&ready, 1);
      table = 42;
    }
    pthread_mutex_unlock(&lock);
  }
  if (table != 42) atomic_store(&wrong, 1);
  return nothing;
}

int main(void) {
  pthread_t first = start(use);
  pthread_t second = start(use);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("%s\n", wrong ? "empty table" : "fine");
  return wrong;
}
