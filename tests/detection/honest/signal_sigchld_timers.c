// A SIGCHLD handler reaps three children; then a SIGALRM handler counts one alarm after a second and five ticks of an
// interval timer. The signals are blocked outside sigsuspend.
// prints: reaped 3, codes 6
// prints: alarm and 5 ticks
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;
static volatile sig_atomic_t codes;
static volatile sig_atomic_t alarms;
static sigset_t outside;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void reap(int signal) {
  (void)signal;
  const int saved = errno;
  int status = 0;
  while (waitpid(-1, &status, WNOHANG) > 0) {
    ++reaped;
    codes += WIFEXITED(status) ? WEXITSTATUS(status) : 100;
  }
  errno = saved;
}

static void count_alarm(int signal) {
  (void)signal;
  ++alarms;
}

static void await_count(volatile sig_atomic_t* count, int enough) {
  while (*count < enough) CHECK(sigsuspend(&outside) == -1 && errno == EINTR);
}

static void three_children(void) {
  for (int code = 1; code <= 3; ++code) {
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) _exit(code);
  }
  await_count(&reaped, 3);
  CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
  printf("reaped %d, codes %d\n", (int)reaped, (int)codes);
}

static void timers(void) {
  struct timespec start, end;
  CHECK(clock_gettime(CLOCK_MONOTONIC, &start) == 0);
  CHECK(alarm(1) == 0);
  await_count(&alarms, 1);
  CHECK(clock_gettime(CLOCK_MONOTONIC, &end) == 0);
  const long waited = (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1000000;
  CHECK(waited >= 990 && alarms == 1);

  const struct itimerval every = {{0, 4000}, {0, 4000}};
  const struct itimerval never = {{0, 0}, {0, 0}};
  CHECK(setitimer(ITIMER_REAL, &every, NULL) == 0);
  await_count(&alarms, 6);
  CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
  CHECK(alarm(0) == 0);
  printf("alarm and %d ticks\n", (int)alarms - 1);
}

int main(void) {
  struct sigaction child = {.sa_handler = reap, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
  struct sigaction clock = {.sa_handler = count_alarm};
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  sigaddset(&blocked, SIGALRM);
  CHECK(sigprocmask(SIG_BLOCK, &blocked, &outside) == 0);
  sigdelset(&outside, SIGCHLD);
  sigdelset(&outside, SIGALRM);
  CHECK(sigaction(SIGCHLD, &child, NULL) == 0 && sigaction(SIGALRM, &clock, NULL) == 0);
  three_children();
  fflush(stdout);
  timers();
  return 0;
}
