// P takes one from s while the signal whose handler does V is masked, so the V comes before or after, never in
// between.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t s = 1;
static volatile sig_atomic_t arrived;

static void v(int number) {
  (void)number;
  s++;
  arrived = 1;
}

int main(void) {
  struct sigaction action = {.sa_handler = v};
  sigset_t usr1, none;
  sigemptyset(&none);
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigaction(SIGUSR1, &action, NULL);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) _exit(kill(parent, SIGUSR1) == 0 ? 0 : 1);
  sigprocmask(SIG_BLOCK, &usr1, NULL);
  s--;
  while (!arrived) sigsuspend(&none);
  waitpid(child, NULL, 0);
  printf("s is %d\n", (int)s);
  return s == 1 ? 0 : 1;
}
