// One thread of control waits in epoll for a ticker, for a limit that comes once, and for what a child writes; the
// child sleeps between its words, and polls a timer of its own that it inherited.
// prints: 3 words, ticked, limit came
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: not so: %s\n", __LINE__, #what), exit(1)))

static int timer(long first, long interval) {
  const int made = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  const struct itimerspec time = {{0, interval * 1000000}, {0, first * 1000000}};
  CHECK(made >= 0 && timerfd_settime(made, 0, &time, NULL) == 0);
  return made;
}

static uint64_t take(int from) {
  uint64_t count = 0;
  CHECK(read(from, &count, sizeof count) == sizeof count && count > 0);
  return count;
}

static void say_three(int out, int pause_between) {
  for (int i = 0; i < 3; i++) {
    take(pause_between);
    usleep(2000);
    CHECK(write(out, "w", 1) == 1);
  }
  exit(0);
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};
  CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0);
}

int main(void) {
  int words[2];
  CHECK(pipe(words) == 0);
  const int between = timer(1, 1);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) say_three(words[1], between);
  close(words[1]);
  close(between);
  const int ticker = timer(1, 1), limit = timer(20, 0), epoll = epoll_create1(0);
  watch(epoll, ticker), watch(epoll, limit), watch(epoll, words[0]);
  int heard = 0, ended = 0, late = 0;
  uint64_t ticks = 0;
  while (!ended || !late || ticks == 0) {
    struct epoll_event event;
    if (epoll_wait(epoll, &event, 1, -1) != 1) continue;
    char word;
    if (event.data.fd == ticker) ticks += take(ticker);
    if (event.data.fd == limit) late += (int)take(limit);
    if (event.data.fd != words[0]) continue;
    if (read(words[0], &word, 1) == 1) {
      heard++;
    } else {
      ended = 1;
      CHECK(epoll_ctl(epoll, EPOLL_CTL_DEL, words[0], NULL) == 0);
    }
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  printf("%d words, ticked, limit came\n", heard);
  return 0;
}
