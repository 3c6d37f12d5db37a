// The parent kills its worker at any time and then takes the lock, which the worker may have had: it is a robust one,
// and whoever takes it over makes it whole.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kRounds = 3 };

struct shared {
  pthread_mutex_t lock;
  int count;
};
static struct shared* all;

static void make(void) {
  all = mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) exit(2);
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  if (pthread_mutex_init(&all->lock, &attributes) != 0) exit(2);
}

static void lock(void) {
  int error = pthread_mutex_lock(&all->lock);
  if (error == EOWNERDEAD) error = pthread_mutex_consistent(&all->lock);
  if (error != 0) _exit(2);
}

static void work(void) {
  for (int i = 0; i < kRounds; i++) {
    lock();
    all->count = all->count + 1;
    pthread_mutex_unlock(&all->lock);
  }
}

int main(void) {
  make();
  pid_t worker = fork();
  if (worker == -1) exit(2);
  if (worker == 0) work(), _exit(0);
  kill(worker, SIGKILL);
  int status;
  if (waitpid(worker, &status, 0) != worker) exit(2);
  lock();
  int count = all->count;
  pthread_mutex_unlock(&all->lock);
  printf("worker gone, %s\n", count >= 0 && count <= kRounds ? "lock free" : "count wrong");
  return 0;
}
