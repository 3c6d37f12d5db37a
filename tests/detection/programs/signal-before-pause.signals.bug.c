// Between finding that no signal has come and pause, the signal may come; pause then waits for ever.
// shows: deadlock
// deadlock: lost-wake-up
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t arrived;

static void note(int number) {
  (void)number;
  arrived = 1;
}

int main(void) {
  struct sigaction action = {.sa_handler = note};
  sigaction(SIGUSR1, &action, NULL);
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) {
    while (!arrived) pause();
    _exit(0);
  }
  int status = 1;
  kill(child, SIGUSR1);
  waitpid(child, &status, 0);
  printf("child ended with %d\n", status);
  return status == 0 ? 0 : 1;
}
