// Two threads look at the clock, without sleeping, until a time has come: 5 and 10 milliseconds from now.
// prints: both times came
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static long nanoseconds(void) {
  struct timespec now;
  CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
  return now.tv_sec * 1000000000 + now.tv_nsec;
}

static void* spin(void* argument) {
  const long until = nanoseconds() + *(const int*)argument * 1000000L;
  while (nanoseconds() < until) {
  }
  return argument;
}

int main(void) {
  const int lengths[2] = {5, 10};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) CHECK(pthread_create(&threads[i], NULL, spin, (void*)&lengths[i]) == 0);
  for (int i = 0; i < 2; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  printf("both times came\n");
  return 0;
}
