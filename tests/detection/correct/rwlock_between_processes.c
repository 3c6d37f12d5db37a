// A read-write lock in shared memory: one writes pairs, two read them.
// prints: 3
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_rwlock_t lock;
  int one, two;
};

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_rwlockattr_t attributes;
  pthread_rwlockattr_init(&attributes);
  pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_rwlock_init(&shared->lock, &attributes);
  for (int i = 0; i < 2; i++) {
    if (fork() != 0) continue;
    for (int k = 0; k < 2; k++) {
      pthread_rwlock_rdlock(&shared->lock);
      const int same = shared->one == shared->two;
      pthread_rwlock_unlock(&shared->lock);
      if (!same) _exit(1);
    }
    _exit(0);
  }
  for (int k = 0; k < 3; k++) {
    pthread_rwlock_wrlock(&shared->lock);
    shared->one++;
    shared->two++;
    pthread_rwlock_unlock(&shared->lock);
  }
  int status, bad = 0;
  while (wait(&status) > 0) bad += status != 0;
  printf("%d\n", bad ? -1 : shared->one);
  return bad;
}
