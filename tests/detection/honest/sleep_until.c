// A child sleeps two seconds, another half as long until a time on the clock, and the parent looks at the clock
// between short sleeps; nobody assumes which of them wakes first.
// prints: all slept long enough
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static long milliseconds(void) {
  struct timespec now;
  CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_two_seconds(void) {
  const long start = milliseconds();
  for (unsigned left = 2; left > 0;) left = sleep(left);
  CHECK(milliseconds() - start >= 1999);
}

static void sleep_until_a_time(void) {
  struct timespec until;
  CHECK(clock_gettime(CLOCK_MONOTONIC, &until) == 0);
  ++until.tv_sec;
  int result;
  while ((result = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL)) == EINTR) {
  }
  struct timespec now;
  CHECK(result == 0 && clock_gettime(CLOCK_MONOTONIC, &now) == 0);
  CHECK(now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
}

int main(void) {
  const pid_t first = fork();
  CHECK(first >= 0);
  if (first == 0) {
    sleep_two_seconds();
    _exit(0);
  }
  const pid_t second = fork();
  CHECK(second >= 0);
  if (second == 0) {
    sleep_until_a_time();
    _exit(0);
  }
  struct timeval wall;
  CHECK(gettimeofday(&wall, NULL) == 0 && wall.tv_sec > 0 && time(NULL) > 0);
  for (const long end = milliseconds() + 500; milliseconds() < end;) usleep(20000);
  expect_success(first);
  expect_success(second);
  printf("all slept long enough\n");
  return 0;
}
