// Two readers and a writer with a read-write lock; before them what the try and timed calls answer.
// prints: written 5
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int left;
static int right;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void* while_main_reads(void* unused) {
  CHECK(pthread_rwlock_tryrdlock(&lock) == 0 && pthread_rwlock_unlock(&lock) == 0);
  CHECK(pthread_rwlock_trywrlock(&lock) == EBUSY);
  struct timespec now;
  CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
  CHECK(pthread_rwlock_timedwrlock(&lock, &now) == ETIMEDOUT);
  return unused;
}

static void* while_main_writes(void* unused) {
  CHECK(pthread_rwlock_tryrdlock(&lock) == EBUSY && pthread_rwlock_trywrlock(&lock) == EBUSY);
  struct timespec now;
  CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
  CHECK(pthread_rwlock_timedrdlock(&lock, &now) == ETIMEDOUT);
  return unused;
}

static void run_alone(void* (*body)(void*)) {
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, body, NULL) == 0 && pthread_join(thread, NULL) == 0);
}

static void* read_five_times(void* unused) {
  int seen = 0;
  for (int i = 0; i < 5; ++i) {
    CHECK(pthread_rwlock_rdlock(&lock) == 0);
    CHECK(left == right && left >= seen);
    seen = left;
    CHECK(pthread_rwlock_unlock(&lock) == 0);
  }
  return unused;
}

static void* write_five_times(void* unused) {
  for (int i = 0; i < 5; ++i) {
    CHECK(pthread_rwlock_wrlock(&lock) == 0);
    ++left;
    ++right;
    CHECK(pthread_rwlock_unlock(&lock) == 0);
  }
  return unused;
}

int main(void) {
  CHECK(pthread_rwlock_rdlock(&lock) == 0);
  run_alone(while_main_reads);
  CHECK(pthread_rwlock_unlock(&lock) == 0 && pthread_rwlock_wrlock(&lock) == 0);
  run_alone(while_main_writes);
  CHECK(pthread_rwlock_unlock(&lock) == 0);

  void* (*const bodies[3])(void*) = {read_five_times, write_five_times, read_five_times};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) CHECK(pthread_create(&threads[i], NULL, bodies[i], NULL) == 0);
  for (int i = 0; i < 3; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(left == 5 && right == 5);
  printf("written %d\n", left);
  CHECK(pthread_rwlock_destroy(&lock) == 0);
  return 0;
}
