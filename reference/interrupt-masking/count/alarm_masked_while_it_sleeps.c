// Wait hands sigsuspend a mask of its own, in which SIGALRM is still blocked: while Wait sleeps, the alarm stays pending,
// and its token never comes.
// A plain run looks right when the tokens are brought by the two other signals, or when there is one already.
//
// fails: woken
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t s = 0;
static sigset_t interrupts;

static void Wait(void) {
  sigset_t before;
  sigprocmask(SIG_BLOCK, &interrupts, &before);
  sigset_t sleeping = before;
  sigaddset(&sleeping, SIGALRM);
  while (s == 0) sigsuspend(&sleeping);
  s--;
  sigprocmask(SIG_SETMASK, &before, NULL);
}

static void Signal(void) {
  sigset_t before;
  sigprocmask(SIG_BLOCK, &interrupts, &before);
  s++;
  sigprocmask(SIG_SETMASK, &before, NULL);
}

static void brings_a_token(int number) {
  static const char kLine[] = "an interrupt gave a token\n";
  (void)number;
  Signal();
  (void)!write(STDOUT_FILENO, kLine, sizeof kLine - 1);
}

static void brings_nothing(int number) {
  static const char kLine[] = "an interrupt gave nothing\n";
  (void)number;
  (void)!write(STDOUT_FILENO, kLine, sizeof kLine - 1);
}

static void say(const char* line) {
  printf("%s\n", line);
  fflush(stdout);
}

int main(void) {
  struct sigaction action = {.sa_handler = brings_a_token, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigemptyset(&interrupts);
  sigaddset(&interrupts, SIGUSR1);
  sigaddset(&interrupts, SIGUSR2);
  sigaddset(&interrupts, SIGALRM);
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGUSR2, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
  action.sa_handler = brings_nothing;
  sigaction(SIGHUP, &action, NULL);

  char line[80];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (strcmp(line, "wait\n") == 0) {
      Wait();
      say("took a token");
    } else if (strcmp(line, "signal\n") == 0) {
      Signal();
      say("gave a token");
    }
  }

  sigprocmask(SIG_BLOCK, &interrupts, NULL);
  for (; s > 0; s--) say("kept a token");
  return 0;
}
