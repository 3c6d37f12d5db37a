// The consumer looks at a flag until the producer has set it, in a loop with nothing else in it.
// finds: busy-waiting
// evidence: while (atomic_load(&shared->ready) == 0) continue;
// evidence: atomic_store(&shared->ready, 1);
// evidence: shared->ready
// prints: seen 42
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int number, seen;
  atomic_int ready;
};

static struct shared* shared;

static void consume(void) {
  while (atomic_load(&shared->ready) == 0) continue;
  shared->seen = shared->number;
}

static void produce(void) {
  shared->number = 42;
  atomic_store(&shared->ready, 1);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

int main(void) {
  int segment = shmget(IPC_PRIVATE, sizeof *shared, 0600);
  shared = shmat(segment, NULL, 0);
  if (shared == (void*)-1) exit(2);
  start(consume);
  start(produce);
  while (wait(NULL) > 0) continue;
  shmctl(segment, IPC_RMID, NULL);
  printf("seen %d\n", shared->seen);
  return shared->seen == 42 ? 0 : 1;
}
