// What a thread has left in a variable is read after a join that was tried again and again, or that had a time limit;
// and what a child wrote, once its signal is seen to be pending.
// prints: 3 4 5
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int left[2];

static void *leave(void *argument) {
  int *to = argument;
  *to = to == &left[0] ? 3 : 4;
  return argument;
}

static pthread_t thread_that_leaves(int *to) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, leave, to) != 0) exit(2);
  return thread;
}

int main(void) {
  void *result;
  pthread_t thread = thread_that_leaves(&left[0]);
  int error;
  while ((error = pthread_tryjoin_np(thread, &result)) == EBUSY) sched_yield();
  if (error != 0 || result != &left[0]) exit(2);
  const int first = left[0];

  thread = thread_that_leaves(&left[1]);
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 10;
  if (pthread_timedjoin_np(thread, &result, &until) != 0 || result != &left[1]) exit(2);
  const int second = left[1];

  int *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit(2);
  sigset_t wanted, pending;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGUSR1);
  sigprocmask(SIG_BLOCK, &wanted, NULL);
  if (fork() == 0) {
    *shared = 5;
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  do {
    sched_yield();
    sigpending(&pending);
  } while (!sigismember(&pending, SIGUSR1));
  printf("%d %d %d\n", first, second, *shared);
  wait(NULL);
  return 0;
}
