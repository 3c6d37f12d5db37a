// A bounded buffer of two processes and their threads, behind one mutex and two condition variables shared by all.
// prints: 20
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t lock;
  pthread_cond_t filled, emptied;
  int items[2], count, sum;
};
static struct shared* shared;

static void* produce(void* nothing) {
  for (int i = 1; i <= 4; i++) {
    pthread_mutex_lock(&shared->lock);
    while (shared->count == 2) pthread_cond_wait(&shared->emptied, &shared->lock);
    shared->items[shared->count++] = i;
    pthread_cond_signal(&shared->filled);
    pthread_mutex_unlock(&shared->lock);
  }
  return nothing;
}

static void consume(void) {
  for (int i = 0; i < 4; i++) {
    pthread_mutex_lock(&shared->lock);
    while (shared->count == 0) pthread_cond_wait(&shared->filled, &shared->lock);
    shared->sum += shared->items[--shared->count];
    pthread_cond_broadcast(&shared->emptied);
    pthread_mutex_unlock(&shared->lock);
  }
}

int main(void) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t lock;
  pthread_mutexattr_init(&lock);
  pthread_mutexattr_setpshared(&lock, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->lock, &lock);
  pthread_condattr_t condition;
  pthread_condattr_init(&condition);
  pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&shared->filled, &condition);
  pthread_cond_init(&shared->emptied, &condition);
  for (int i = 0; i < 2; i++)
    if (fork() == 0) consume(), _exit(0);
  pthread_t thread;
  pthread_create(&thread, NULL, produce, NULL);
  produce(NULL);
  pthread_join(thread, NULL);
  while (wait(NULL) > 0) continue;
  printf("%d\n", shared->sum);
  return 0;
}
