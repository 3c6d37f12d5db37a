// The child sleeps in ppoll with an open mask, as one should, but forgot to block the signal before: it may come between
// the look and the wait, and ppoll then waits for ever.
// shows: deadlock
// deadlock: lost-wake-up
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t arrived;

static void note(int number) {
  (void)number;
  arrived = 1;
}

int main(void) {
  struct sigaction action = {.sa_handler = note};
  sigset_t none;
  sigemptyset(&none);
  sigaction(SIGUSR1, &action, NULL);
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) {
    while (!arrived) ppoll(NULL, 0, NULL, &none);
    _exit(0);
  }
  int status = 1;
  kill(child, SIGUSR1);
  waitpid(child, &status, 0);
  printf("child ended with %d\n", status);
  return status == 0 ? 0 : 1;
}
