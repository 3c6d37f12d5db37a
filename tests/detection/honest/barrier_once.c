// Three threads pass four rounds of a barrier that names one of them each time; what they need is prepared once.
// prints: prepared 1, named 4
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { kThreads = 3, kRounds = 4 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static int prepared;
static int rounds[kThreads];
static atomic_int named;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void prepare(void) { ++prepared; }

static void meet(void) {
  const int result = pthread_barrier_wait(&barrier);
  CHECK(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
  if (result == PTHREAD_BARRIER_SERIAL_THREAD) atomic_fetch_add(&named, 1);
}

static void* run(void* argument) {
  int* mine = argument;
  CHECK(pthread_once(&once, prepare) == 0);
  CHECK(prepared == 1);
  for (int round = 1; round <= kRounds / 2; ++round) {
    *mine = round;
    meet();
    for (int i = 0; i < kThreads; ++i) CHECK(rounds[i] == round);
    meet();
  }
  return NULL;
}

int main(void) {
  CHECK(pthread_barrier_init(&barrier, NULL, kThreads) == 0);
  pthread_t threads[kThreads];
  for (int i = 0; i < kThreads; ++i) CHECK(pthread_create(&threads[i], NULL, run, &rounds[i]) == 0);
  for (int i = 0; i < kThreads; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(pthread_barrier_destroy(&barrier) == 0);
  printf("prepared %d, named %d\n", prepared, atomic_load(&named));
  return 0;
}
