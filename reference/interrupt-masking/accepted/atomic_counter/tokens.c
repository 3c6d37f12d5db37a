// The counter is changed by atomic operations, which no interrupt can split; the mask is needed only so that none comes
// between the last look at the counter and the sleep.
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static atomic_int s;
static sigset_t interrupts;

static bool try_to_take(void) {
  int now = atomic_load(&s);
  while (now > 0) {
    if (atomic_compare_exchange_weak(&s, &now, now - 1)) return true;
  }
  return false;
}

static void Signal(void) { atomic_fetch_add(&s, 1); }

static void Wait(void) {
  while (!try_to_take()) {
    sigset_t before;
    pthread_sigmask(SIG_BLOCK, &interrupts, &before);
    if (atomic_load(&s) == 0) ppoll(NULL, 0, NULL, &before);  // sleeps with the old mask, like sigsuspend
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
}

static void on_interrupt(int number, siginfo_t* information, void* context) {
  static const char kToken[] = "an interrupt gave a token\n";
  static const char kNothing[] = "an interrupt gave nothing\n";
  (void)information;
  (void)context;
  if (number == SIGHUP) {
    (void)!write(STDOUT_FILENO, kNothing, sizeof kNothing - 1);
    return;
  }
  (void)!write(STDOUT_FILENO, kToken, sizeof kToken - 1);
  Signal();
}

int main(void) {
  struct sigaction action = {.sa_sigaction = on_interrupt, .sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER};
  sigemptyset(&interrupts);
  for (int i = 0; i < 4; i++) {
    const int number = (int[]){SIGHUP, SIGUSR1, SIGUSR2, SIGALRM}[i];
    sigaddset(&interrupts, number);
    sigaction(number, &action, NULL);
  }

  char line[32];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (line[0] == 'w') {
      Wait();
      fputs("took a token\n", stdout);
    } else if (line[0] == 's') {
      Signal();
      fputs("gave a token\n", stdout);
    }
    fflush(stdout);
  }

  sigprocmask(SIG_BLOCK, &interrupts, NULL);
  while (try_to_take()) puts("kept a token");
  return 0;
}
