// Two producers and a consumer with a buffer of two places, one mutex and two condition variables, one signal per
// item.
// prints: sum 30
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { kPlaces = 2, kItems = 5 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static int buffer[kPlaces];
static int used;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void* produce(void* unused) {
  for (int item = 1; item <= kItems; ++item) {
    CHECK(pthread_mutex_lock(&mutex) == 0);
    while (used == kPlaces) CHECK(pthread_cond_wait(&not_full, &mutex) == 0);
    buffer[used++] = item;
    CHECK(pthread_cond_signal(&not_empty) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
  }
  return unused;
}

static void* consume(void* sum) {
  for (int i = 0; i < 2 * kItems; ++i) {
    CHECK(pthread_mutex_lock(&mutex) == 0);
    while (used == 0) CHECK(pthread_cond_wait(&not_empty, &mutex) == 0);
    *(int*)sum += buffer[--used];
    CHECK(pthread_cond_signal(&not_full) == 0);
    CHECK(pthread_mutex_unlock(&mutex) == 0);
  }
  return NULL;
}

int main(void) {
  int sum = 0;
  pthread_t threads[3];
  CHECK(pthread_create(&threads[0], NULL, consume, &sum) == 0);
  CHECK(pthread_create(&threads[1], NULL, produce, NULL) == 0);
  CHECK(pthread_create(&threads[2], NULL, produce, NULL) == 0);
  for (int i = 0; i < 3; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(used == 0);
  printf("sum %d\n", sum);
  return 0;
}
