// Two threads take two locks, each once in another order, in the middle of much work under a third lock: that both are
// there at the same time takes luck. Deadlock.
// shows: deadlock
// deadlock: circular-wait
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { kWork = 120 };

static pthread_mutex_t from = PTHREAD_MUTEX_INITIALIZER, to = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t statistics = PTHREAD_MUTEX_INITIALIZER;
static int counted, moved;

static void work(int steps) {
  for (int i = 0; i < steps; i++) {
    pthread_mutex_lock(&statistics);
    counted++;
    pthread_mutex_unlock(&statistics);
  }
}

static void move(pthread_mutex_t* first, pthread_mutex_t* second) {
  pthread_mutex_lock(first);
  pthread_mutex_lock(second);
  moved++;
  pthread_mutex_unlock(second);
  pthread_mutex_unlock(first);
}

static void* there(void* unused) {
  work(kWork);
  move(&from, &to);
  return unused;
}

static void* back(void* unused) {
  move(&to, &from);
  work(kWork);
  return unused;
}

int main(void) {
  pthread_t threads[2];
  if (pthread_create(&threads[0], NULL, there, NULL) != 0 || pthread_create(&threads[1], NULL, back, NULL) != 0)
    return 2;
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d moved, %d counted\n", moved, counted);
  return moved == 2 && counted == 2 * kWork ? 0 : 1;
}
