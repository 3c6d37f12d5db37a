// Two threads of two processes: a read-write lock, a barrier, a spin lock, shared between processes; once in each.
// prints: 4 4 8
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_rwlock_t room;
  pthread_barrier_t meeting;
  pthread_spinlock_t spin;
  int written, met[4], sum, spun;
};
static struct shared* shared;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int prepared;

static void prepare(void) { prepared = 1; }

static void* work(void* number) {
  pthread_once(&once, prepare);
  pthread_rwlock_wrlock(&shared->room);
  shared->written += prepared;
  pthread_rwlock_unlock(&shared->room);
  pthread_rwlock_rdlock(&shared->room);
  const int seen = shared->written;
  pthread_rwlock_unlock(&shared->room);
  if (seen == 0) exit(1);
  shared->met[(long)number] = 1;
  pthread_barrier_wait(&shared->meeting);
  const int sum = shared->met[0] + shared->met[1] + shared->met[2] + shared->met[3];
  for (int i = 0; i < 2; i++) {
    pthread_spin_lock(&shared->spin);
    shared->spun++;
    shared->sum = sum;
    pthread_spin_unlock(&shared->spin);
  }
  return NULL;
}

static void run(long first) {
  pthread_t threads[2];
  for (long i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, (void*)(first + i));
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
}

int main(void) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_rwlockattr_t kind;
  pthread_rwlockattr_init(&kind);
  pthread_rwlockattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
  pthread_rwlock_init(&shared->room, &kind);
  pthread_barrierattr_t meeting;
  pthread_barrierattr_init(&meeting);
  pthread_barrierattr_setpshared(&meeting, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(&shared->meeting, &meeting, 4);
  pthread_spin_init(&shared->spin, PTHREAD_PROCESS_SHARED);
  if (fork() == 0) run(2), _exit(0);
  run(0);
  while (wait(NULL) > 0) continue;
  printf("%d %d %d\n", shared->written, shared->sum, shared->spun);
  return 0;
}
