// Two processes send SIGUSR1 to and fro; each keeps it blocked except in sigsuspend, so that none is lost.
// prints: 8 each way
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kRounds = 8 };

static volatile sig_atomic_t arrived;
static sigset_t outside;

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

static void note(int signal) {
  (void)signal;
  arrived = 1;
}

static void await_signal(void) {
  while (!arrived) CHECK(sigsuspend(&outside) == -1 && errno == EINTR);
  arrived = 0;
}

int main(void) {
  struct sigaction action = {.sa_handler = note};
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  CHECK(sigprocmask(SIG_BLOCK, &blocked, &outside) == 0 && sigaction(SIGUSR1, &action, NULL) == 0);
  sigdelset(&outside, SIGUSR1);

  const pid_t parent = getpid();
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    for (int round = 0; round < kRounds; ++round) {
      await_signal();
      CHECK(kill(parent, SIGUSR1) == 0);
    }
    _exit(0);
  }
  int round = 0;
  for (; round < kRounds; ++round) {
    CHECK(kill(child, SIGUSR1) == 0);
    await_signal();
  }
  expect_success(child);
  printf("%d each way\n", round);
  return 0;
}
