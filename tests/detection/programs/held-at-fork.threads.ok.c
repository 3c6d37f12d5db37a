// Main has the lock itself when it forks, and gives it back in both.
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
  pthread_mutex_lock(&log_lock);
  pid_t pid = fork();
  pthread_mutex_unlock(&log_lock);
  if (pid == 0) {
    note("child");
    _exit(0);
  }
  waitpid(pid, NULL, 0);
  pthread_join(thread, NULL);
  return 0;
}
