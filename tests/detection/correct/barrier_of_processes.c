// A barrier in shared memory: all write, all meet, all read what their neighbour wrote.
// prints: 2 3 1
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_barrier_t barrier;
  int wrote[3], read[3];
};

int main(void) {
  struct shared* s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_barrierattr_t attributes;
  pthread_barrierattr_init(&attributes);
  pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(&s->barrier, &attributes, 3);
  for (int me = 0; me < 3; me++) {
    if (fork() != 0) continue;
    s->wrote[me] = me + 1;
    pthread_barrier_wait(&s->barrier);
    s->read[me] = s->wrote[(me + 1) % 3];
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d %d %d\n", s->read[0], s->read[1], s->read[2]);
  return 0;
}
