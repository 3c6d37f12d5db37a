// The signal stays blocked except inside ppoll and pselect, so it cannot come between the look and the wait.
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
  sigset_t usr1, none;
  sigemptyset(&none);
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, NULL);
  sigaction(SIGUSR1, &action, NULL);
  for (int round = 0; round < 2; round++) {
    pid_t child = fork();
    if (child == -1) exit(2);
    if (child == 0) {
      while (!arrived) {
        if (round == 0)
          ppoll(NULL, 0, NULL, &none);
        else
          pselect(0, NULL, NULL, NULL, NULL, &none);
      }
      _exit(0);
    }
    int status = 1;
    kill(child, SIGUSR1);
    waitpid(child, &status, 0);
    printf("child ended with %d\n", status);
    if (status != 0) return 1;
  }
  return 0;
}
