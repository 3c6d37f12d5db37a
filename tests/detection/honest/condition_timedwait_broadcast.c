// A timed wait for what never comes (by both clocks), a gate that one broadcast opens for three threads, and a timed
// wait that is repeated until the event has come.
// prints: timed out twice
// prints: passed 3
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool open_gate;
static int passed;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static struct timespec soon(clockid_t clock) {
  struct timespec time;
  CHECK(clock_gettime(clock, &time) == 0);
  time.tv_nsec += 5000000;
  if (time.tv_nsec >= 1000000000) {
    time.tv_nsec -= 1000000000;
    ++time.tv_sec;
  }
  return time;
}

static void wait_in_vain(clockid_t clock) {
  pthread_condattr_t attributes;
  pthread_cond_t never;
  CHECK(pthread_condattr_init(&attributes) == 0 && pthread_condattr_setclock(&attributes, clock) == 0);
  CHECK(pthread_cond_init(&never, &attributes) == 0);
  const struct timespec until = soon(clock);
  int result = 0;
  CHECK(pthread_mutex_lock(&mutex) == 0);
  while (result == 0) result = pthread_cond_timedwait(&never, &mutex, &until);
  CHECK(pthread_mutex_unlock(&mutex) == 0);
  CHECK(result == ETIMEDOUT);
  struct timespec now;
  CHECK(clock_gettime(clock, &now) == 0);
  CHECK(now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
  CHECK(pthread_cond_destroy(&never) == 0);
}

static void* pass_the_gate(void* unused) {
  CHECK(pthread_mutex_lock(&mutex) == 0);
  while (!open_gate) CHECK(pthread_cond_wait(&changed, &mutex) == 0);
  ++passed;
  CHECK(pthread_cond_broadcast(&changed) == 0);
  CHECK(pthread_mutex_unlock(&mutex) == 0);
  return unused;
}

int main(void) {
  wait_in_vain(CLOCK_REALTIME);
  wait_in_vain(CLOCK_MONOTONIC);
  printf("timed out twice\n");

  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) CHECK(pthread_create(&threads[i], NULL, pass_the_gate, NULL) == 0);
  CHECK(pthread_mutex_lock(&mutex) == 0);
  open_gate = true;
  CHECK(pthread_cond_broadcast(&changed) == 0);
  while (passed < 3) {
    const struct timespec until = soon(CLOCK_REALTIME);
    const int result = pthread_cond_timedwait(&changed, &mutex, &until);
    CHECK(result == 0 || result == ETIMEDOUT);
  }
  CHECK(pthread_mutex_unlock(&mutex) == 0);
  for (int i = 0; i < 3; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  printf("passed %d\n", passed);
  return 0;
}
