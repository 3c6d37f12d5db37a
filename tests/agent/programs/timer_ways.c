// What timerfd does, one case per argument. Ends with 0 when all was as it must be; the cases whose names begin with
// "stuck" never end.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s, errno %d\n", __LINE__, #what, errno), _exit(1)))

static int timer;

static void set(int first, int interval) {
  const struct itimerspec time = {{interval, 0}, {first, 0}};
  CHECK(timerfd_settime(timer, 0, &time, NULL) == 0);
}

static uint64_t take(void) {
  uint64_t count = 0;
  CHECK(read(timer, &count, sizeof count) == sizeof count);
  return count;
}

static time_t now(void) {
  struct timespec time;
  CHECK(clock_gettime(CLOCK_MONOTONIC, &time) == 0);
  return time.tv_sec;
}

static void once(void) {
  const time_t begin = now();
  set(3600, 0);
  CHECK(take() == 1 && now() >= begin + 3600);
  const struct timespec wanted = {now() + 50, 0};
  const struct itimerspec time = {{0, 0}, wanted};
  CHECK(timerfd_settime(timer, TFD_TIMER_ABSTIME, &time, NULL) == 0);
  CHECK(take() == 1 && now() >= wanted.tv_sec);
}

// Whoever is late reads how often it has expired.
static void again(void) {
  set(10, 10);
  const time_t begin = now();
  CHECK(take() >= 1);
  sleep(35);
  const uint64_t late = take();
  CHECK(late >= 3 && now() >= begin + 45);
  struct itimerspec left;
  CHECK(timerfd_gettime(timer, &left) == 0 && left.it_interval.tv_sec == 10 && left.it_value.tv_sec <= 10);
  CHECK(left.it_value.tv_sec > 0 || left.it_value.tv_nsec > 0);
  struct itimerspec old;
  const struct itimerspec never = {{0, 0}, {0, 0}};
  CHECK(timerfd_settime(timer, 0, &never, &old) == 0 && old.it_interval.tv_sec == 10);
  CHECK(timerfd_gettime(timer, &left) == 0 && left.it_value.tv_sec == 0 && left.it_value.tv_nsec == 0);
}

static void without_blocking(void) {
  CHECK(fcntl(timer, F_SETFL, O_NONBLOCK) == 0);
  uint64_t count = 0;
  CHECK(read(timer, &count, sizeof count) == -1 && errno == EAGAIN);
  set(1, 0);
  sleep(2);
  CHECK(take() == 1);
  CHECK(read(timer, &count, sizeof count) == -1 && errno == EAGAIN);
  // Looking at it takes time, too.
  set(1, 0);
  while (read(timer, &count, sizeof count) == -1) CHECK(errno == EAGAIN);
  CHECK(count == 1);
  // What was not read is gone when it is set again.
  set(1, 0);
  sleep(2);
  set(1000, 0);
  CHECK(read(timer, &count, sizeof count) == -1 && errno == EAGAIN);
}

static void polls(void) {
  struct pollfd one = {timer, POLLIN, 0};
  CHECK(poll(&one, 1, 100) == 0);
  set(1, 0);
  CHECK(poll(&one, 1, -1) == 1 && one.revents == POLLIN && take() == 1);
  fd_set set_of_one;
  FD_ZERO(&set_of_one);
  FD_SET(timer, &set_of_one);
  set(1, 0);
  CHECK(select(timer + 1, &set_of_one, NULL, NULL, NULL) == 1 && take() == 1);
  const int epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event) == 0);
  CHECK(epoll_wait(epoll, &event, 1, 0) == 0);
  set(1, 0);
  CHECK(epoll_wait(epoll, &event, 1, -1) == 1 && take() == 1);
}

// The child's copy is the same timer, also when the parent has closed its own, or has ended.
static void inherited(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  set(5, 0);
  pid_t child = fork();
  if (child == 0) _exit(take() == 1 ? 0 : 1);
  int status = 0;
  close(timer);
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  timer = timerfd_create(CLOCK_MONOTONIC, 0);
  set(5, 0);
  child = fork();
  if (child == 0) {
    if (fork() != 0) _exit(0);
    CHECK(take() == 1 && write(ends[1], "x", 1) == 1);
    _exit(0);
  }
  close(timer);
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  char byte;
  close(ends[1]);
  CHECK(read(ends[0], &byte, 1) == 1 && read(ends[0], &byte, 1) == 0);
}

static void duplicated(void) {
  const int other = dup(timer);
  set(1, 0);
  close(timer);
  timer = other;
  CHECK(take() == 1);
}

// Nothing is written to a file that has the number now.
static void number_used_again(void) {
  int ends[2];
  set(1, 0);
  const int before = timer;
  close_range((unsigned)timer, (unsigned)timer, 0);
  CHECK(pipe(ends) == 0 && (ends[0] == before || ends[1] == before));
  sleep(5);
  struct pollfd one = {ends[0], POLLIN, 0};
  CHECK(poll(&one, 1, 0) == 0);
}

static void failures(void) {
  const struct itimerspec wrong = {{0, 0}, {0, -1}};
  CHECK(timerfd_settime(timer, 0, &wrong, NULL) == -1 && errno == EINVAL);
  CHECK(timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0) == -1 && errno == EINVAL);
  CHECK(timerfd_create(CLOCK_REALTIME, 1) == -1 && errno == EINVAL);
  CHECK(timerfd_gettime(-1, (struct itimerspec*)&wrong) == -1 && errno == EBADF);
  CHECK(timerfd_settime(1, 0, &wrong, NULL) == -1);
}

static void stuck_never_set(void) { take(); }
static void stuck_read_twice(void) { set(1, 0), take(), take(); }
// An interval that nobody looks at keeps nobody awake.
static void stuck_beside_it(void) {
  set(1, 1);
  pause();
}

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"once", once}, {"again", again}, {"without_blocking", without_blocking}, {"polls", polls},
               {"inherited", inherited}, {"duplicated", duplicated}, {"number_used_again", number_used_again},
               {"failures", failures}, {"stuck_never_set", stuck_never_set}, {"stuck_read_twice", stuck_read_twice},
               {"stuck_beside_it", stuck_beside_it}};
  CHECK(count == 2 && (timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) > 2);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) == 0) return cases[i].body(), 0;
  }
  return 2;
}
