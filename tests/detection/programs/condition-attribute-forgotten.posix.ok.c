// The condition variable lies in shared memory, and is PTHREAD_PROCESS_SHARED.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int ready;
};

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return 2;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->mutex, &attributes);
  pthread_condattr_t shared_condition;
  pthread_condattr_init(&shared_condition);
  pthread_condattr_setpshared(&shared_condition, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&shared->changed, &shared_condition);
  if (fork() == 0) {
    pthread_mutex_lock(&shared->mutex);
    shared->ready = 1;
    pthread_cond_signal(&shared->changed);
    pthread_mutex_unlock(&shared->mutex);
    _exit(0);
  }
  pthread_mutex_lock(&shared->mutex);
  while (!shared->ready) pthread_cond_wait(&shared->changed, &shared->mutex);
  pthread_mutex_unlock(&shared->mutex);
  wait(NULL);
  return 0;
}
