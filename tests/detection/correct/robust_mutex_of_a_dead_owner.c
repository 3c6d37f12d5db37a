// The owner of a robust mutex dies; the next gets EOWNERDEAD, makes it consistent and goes on with the number.
// prints one of: 5 | 7
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t lock;
  int number;
};

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&shared->lock, &attributes);
  if (fork() == 0) {
    pthread_mutex_lock(&shared->lock);
    shared->number = 5;
    _exit(0);
  }
  if (fork() == 0) {
    if (pthread_mutex_lock(&shared->lock) == EOWNERDEAD) pthread_mutex_consistent(&shared->lock);
    shared->number += shared->number == 5 ? 2 : 7;
    pthread_mutex_unlock(&shared->lock);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", shared->number);
  return 0;
}
