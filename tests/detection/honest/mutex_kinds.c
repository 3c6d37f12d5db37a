// What normal, recursive, error-checking and adaptive mutexes answer to the owner and to another thread, and then
// three threads that count under each kind.
// prints: counters 9 9 9 9
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { kKinds = 4, kThreads = 3, kRounds = 3 };

static const int kinds[kKinds] = {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK,
                                  PTHREAD_MUTEX_ADAPTIVE_NP};
static pthread_mutex_t mutexes[kKinds];
static int counters[kKinds];

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static struct timespec soon(void) {
  struct timespec time;
  CHECK(clock_gettime(CLOCK_REALTIME, &time) == 0);
  time.tv_nsec += 3000000;
  if (time.tv_nsec >= 1000000000) {
    time.tv_nsec -= 1000000000;
    ++time.tv_sec;
  }
  return time;
}

static void* while_main_holds_them(void* unused) {
  for (int i = 0; i < kKinds; ++i) CHECK(pthread_mutex_trylock(&mutexes[i]) == EBUSY);
  for (int i = 0; i < kKinds; ++i) {
    const struct timespec until = soon();
    CHECK(pthread_mutex_timedlock(&mutexes[i], &until) == ETIMEDOUT);
  }
  CHECK(pthread_mutex_unlock(&mutexes[1]) == EPERM && pthread_mutex_unlock(&mutexes[2]) == EPERM);
  return unused;
}

static void* count(void* unused) {
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < kKinds; ++i) {
      CHECK(pthread_mutex_lock(&mutexes[i]) == 0);
      if (i == 1) CHECK(pthread_mutex_lock(&mutexes[i]) == 0);
      ++counters[i];
      if (i == 1) CHECK(pthread_mutex_unlock(&mutexes[i]) == 0);
      CHECK(pthread_mutex_unlock(&mutexes[i]) == 0);
    }
  }
  return unused;
}

static void answers(void) {
  for (int i = 0; i < kKinds; ++i) CHECK(pthread_mutex_trylock(&mutexes[i]) == 0);
  CHECK(pthread_mutex_trylock(&mutexes[0]) == EBUSY);
  CHECK(pthread_mutex_trylock(&mutexes[1]) == 0 && pthread_mutex_unlock(&mutexes[1]) == 0);
  CHECK(pthread_mutex_lock(&mutexes[2]) == EDEADLK);
  CHECK(pthread_mutex_trylock(&mutexes[3]) == EBUSY);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, while_main_holds_them, NULL) == 0);
  CHECK(pthread_join(other, NULL) == 0);
  for (int i = 0; i < kKinds; ++i) CHECK(pthread_mutex_unlock(&mutexes[i]) == 0);
  CHECK(pthread_mutex_unlock(&mutexes[2]) == EPERM);
  const struct timespec until = soon();
  CHECK(pthread_mutex_timedlock(&mutexes[0], &until) == 0 && pthread_mutex_unlock(&mutexes[0]) == 0);
}

int main(void) {
  for (int i = 0; i < kKinds; ++i) {
    pthread_mutexattr_t attributes;
    CHECK(pthread_mutexattr_init(&attributes) == 0 && pthread_mutexattr_settype(&attributes, kinds[i]) == 0);
    CHECK(pthread_mutex_init(&mutexes[i], &attributes) == 0 && pthread_mutexattr_destroy(&attributes) == 0);
  }
  answers();
  pthread_t threads[kThreads];
  for (int i = 0; i < kThreads; ++i) CHECK(pthread_create(&threads[i], NULL, count, NULL) == 0);
  for (int i = 0; i < kThreads; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  for (int i = 0; i < kKinds; ++i) CHECK(counters[i] == kThreads * kRounds && pthread_mutex_destroy(&mutexes[i]) == 0);
  printf("counters %d %d %d %d\n", counters[0], counters[1], counters[2], counters[3]);
  return 0;
}
