// Each of two threads takes one lock and tries the other again and again without giving back the first: once both hold
// one, they try for ever.
// shows: livelock
// maybe finds: busy-waiting
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int balance[2];

static void take_both(int first, int second) {
  pthread_mutex_lock(&locks[first]);
  while (pthread_mutex_trylock(&locks[second]) != 0) sched_yield();
}

static void* transfer(void* from) {
  const int first = *(int*)from, second = 1 - first;
  take_both(first, second);
  --balance[first];
  ++balance[second];
  pthread_mutex_unlock(&locks[second]);
  pthread_mutex_unlock(&locks[first]);
  return NULL;
}

int main(void) {
  static int numbers[2] = {0, 1};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i)
    if (pthread_create(&threads[i], NULL, transfer, &numbers[i]) != 0) exit(2);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("%d %d\n", balance[0], balance[1]);
  return balance[0] == 0 && balance[1] == 0 ? 0 : 1;
}
