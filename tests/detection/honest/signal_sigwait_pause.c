// A child pauses for ever and leaves from its handler; three queued real-time signals arrive in order; a thread of its
// own takes the signals of the process with sigwait.
// prints: left with 7
// prints: queued 1 2 3
// prints: thread took 2
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sem_t taken;

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

static void leave(int signal) {
  (void)signal;
  _exit(7);
}

static void paused_child(void) {
  struct sigaction action = {.sa_handler = leave};
  struct sigaction before;
  CHECK(sigaction(SIGUSR2, &action, &before) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0)
    for (;;) pause();
  CHECK(sigaction(SIGUSR2, &before, NULL) == 0);
  CHECK(kill(child, SIGUSR2) == 0);
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void queued_signals(const sigset_t* set) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    for (int i = 1; i <= 3; ++i) CHECK(sigqueue(parent, SIGRTMIN, (union sigval){.sival_int = i}) == 0);
    _exit(0);
  }
  siginfo_t info;
  for (int i = 1; i <= 3; ++i) {
    CHECK(TEMP_FAILURE_RETRY(sigwaitinfo(set, &info)) == SIGRTMIN);
    CHECK(info.si_value.sival_int == i && info.si_pid == child);
  }
  expect_success(child);
  const struct timespec limit = {0, 2000000};
  CHECK(TEMP_FAILURE_RETRY(sigtimedwait(set, &info, &limit)) == -1 && errno == EAGAIN);
}

static void* take_signals(void* argument) {
  int count = 0;
  int signal = 0;
  do {
    CHECK(sigwait(argument, &signal) == 0 && (signal == SIGUSR1 || signal == SIGTERM));
    ++count;
    CHECK(sem_post(&taken) == 0);
  } while (signal != SIGTERM);
  return count == 2 ? argument : NULL;
}

static void signal_thread(sigset_t* set) {
  pthread_t thread;
  void* result = NULL;
  CHECK(sem_init(&taken, 0, 0) == 0 && pthread_create(&thread, NULL, take_signals, set) == 0);
  CHECK(kill(getpid(), SIGUSR1) == 0);
  CHECK(TEMP_FAILURE_RETRY(sem_wait(&taken)) == 0);
  CHECK(pthread_kill(thread, SIGTERM) == 0);
  CHECK(pthread_join(thread, &result) == 0 && result == set);
}

int main(void) {
  paused_child();
  printf("left with 7\n");
  fflush(stdout);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGTERM);
  CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
  queued_signals(&set);
  printf("queued 1 2 3\n");
  signal_thread(&set);
  printf("thread took 2\n");
  return 0;
}
