// The locks are taken in the order of the arguments, so two transfers in opposite directions may wait for each other.
// shows: deadlock
// deadlock: circular-wait
// story: locks locks[0]; locks locks[1]; wants to lock locks[0]; wants to lock locks[1]
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int balance[2];

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void transfer(int from, int to, int amount) {
  pthread_mutex_lock(&locks[from]);
  pthread_mutex_lock(&locks[to]);
  balance[from] -= amount;
  balance[to] += amount;
  pthread_mutex_unlock(&locks[to]);
  pthread_mutex_unlock(&locks[from]);
}

static void* there(void* nothing) {
  transfer(0, 1, 1);
  return nothing;
}

static void* back(void* nothing) {
  transfer(1, 0, 2);
  return nothing;
}

int main(void) {
  pthread_t first = start(there);
  pthread_t second = start(back);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("balance %d and %d\n", balance[0], balance[1]);
  return balance[0] == 1 && balance[1] == -1 ? 0 : 1;
}
