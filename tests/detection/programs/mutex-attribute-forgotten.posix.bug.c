// The mutex lies in shared memory, but has no attribute: who sleeps in it is not woken by the unlock of another process.
// shows: deadlock
// deadlock: one-process
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t mutex;
  int counter;
};

static void add(struct shared* shared) {
  pthread_mutex_lock(&shared->mutex);
  shared->counter++;
  pthread_mutex_unlock(&shared->mutex);
}

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED || pthread_mutex_init(&shared->mutex, NULL) != 0) return 2;
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      add(shared);
      _exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  printf("counter %d\n", shared->counter);
  return shared->counter == 2 ? 0 : 1;
}
