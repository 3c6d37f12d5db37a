// A child fills in a table in shared memory and says so by a signal, which the parent reads from a signalfd, once after
// poll and once after epoll.
// prints: 3 4
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child_that_writes(int *to, int value) {
  const pid_t child = fork();
  if (child != 0) return child;
  *to = value;
  kill(getppid(), SIGUSR1);
  _exit(0);
}

static void take_signal(int signals) {
  struct signalfd_siginfo info;
  if (read(signals, &info, sizeof info) != sizeof info || info.ssi_signo != SIGUSR1) exit(2);
}

int main(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  const int signals = signalfd(-1, &set, 0);
  int *table = mmap(NULL, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (signals < 0 || table == MAP_FAILED) exit(2);

  child_that_writes(&table[0], 3);
  struct pollfd one = {.fd = signals, .events = POLLIN};
  if (poll(&one, 1, -1) != 1) exit(2);
  const int first = table[0];
  take_signal(signals);

  const int all = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(all, EPOLL_CTL_ADD, signals, &event);
  child_that_writes(&table[1], 4);
  if (epoll_wait(all, &event, 1, -1) != 1) exit(2);
  take_signal(signals);
  printf("%d %d\n", first, table[1]);
  while (wait(NULL) > 0) continue;
  return 0;
}
