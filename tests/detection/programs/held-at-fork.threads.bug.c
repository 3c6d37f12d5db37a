// A thread may have the lock when main forks. In the child only main goes on, so nobody gives the copy back.
// shows: deadlock
// deadlock: held-at-fork
// story: locks log_lock; makes a process; wants to lock log_lock
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static int lines;

static void note(const char* who) {
  pthread_mutex_lock(&log_lock);
  lines++;
  printf("%s %d\n", who, lines);
  fflush(stdout);
  pthread_mutex_unlock(&log_lock);
}

static void* worker(void* unused) {
  (void)unused;
  for (int i = 0; i < 3; ++i) note("worker");
  return NULL;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, worker, NULL);
  pid_t pid = fork();
  if (pid == 0) {
    note("child");
    _exit(0);
  }
  waitpid(pid, NULL, 0);
  pthread_join(thread, NULL);
  return 0;
}
