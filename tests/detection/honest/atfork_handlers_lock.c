// A mutex is held across fork by the functions of pthread_atfork, so that the child finds what it guards whole.
// prints one of: whole, and late | whole
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int left = 5, right = 5;

static void before(void) { pthread_mutex_lock(&lock); }
static void after(void) { pthread_mutex_unlock(&lock); }

static void* add(void* argument) {
  pthread_mutex_lock(&lock);
  left++;
  right++;
  pthread_mutex_unlock(&lock);
  return argument;
}

int main(void) {
  pthread_t thread;
  pthread_atfork(before, after, after);
  pthread_create(&thread, NULL, add, NULL);
  const pid_t child = fork();
  if (child == 0) {
    pthread_mutex_lock(&lock);
    _exit(left == right ? left : 99);
  }
  int status;
  waitpid(child, &status, 0);
  pthread_join(thread, NULL);
  const int seen = WEXITSTATUS(status);
  printf(seen == left ? "whole, and late\n" : "whole\n");
  return seen == 99;
}
