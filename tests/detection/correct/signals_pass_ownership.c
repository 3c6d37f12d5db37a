// Who was sent the signal may read what was written before: in a handler, after sigwait, after sigsuspend. And the
// handler of SIGCHLD may read what the child wrote.
// prints: 1 2 3 4
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int* shared;
static volatile int seen[4];
static volatile sig_atomic_t done;

static void look(int number) {
  (void)number;
  seen[0] = shared[0];
  done = 1;
}
static void child_ended(int number) {
  (void)number;
  seen[3] = shared[3];
  done = 1;
}

static void send_after(int cell, int value, int number) {
  const pid_t to = getppid();
  shared[cell] = value;
  kill(to, number);
  _exit(0);
}

int main(void) {
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sigset_t all, none, two;
  sigfillset(&all);
  sigemptyset(&none);
  sigemptyset(&two);
  sigaddset(&two, SIGUSR2);
  sigprocmask(SIG_BLOCK, &all, NULL);
  signal(SIGUSR1, look);
  if (fork() == 0) send_after(0, 1, SIGUSR1);
  while (!done) sigsuspend(&none);
  if (fork() == 0) send_after(1, 2, SIGUSR2);
  int number;
  sigwait(&two, &number);
  seen[1] = shared[1];
  siginfo_t information;
  if (fork() == 0) send_after(2, 3, SIGUSR2);
  sigwaitinfo(&two, &information);
  seen[2] = shared[2];
  while (wait(NULL) > 0) continue;
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  while (sigtimedwait(&children, NULL, &(struct timespec){0, 0}) > 0) continue;  // of those before
  signal(SIGCHLD, child_ended);
  done = 0;
  if (fork() == 0) {
    shared[3] = 4;
    _exit(0);
  }
  while (!done) sigsuspend(&none);
  while (wait(NULL) > 0) continue;
  printf("%d %d %d %d\n", seen[0], seen[1], seen[2], seen[3]);
  return 0;
}
