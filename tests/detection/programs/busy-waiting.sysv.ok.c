// The consumer waits in P until the producer is done. Before that it looks at the flag a few times, which is no wait: each
// look counts, whether in a register, on the stack or, as here, in a variable of its own.
// prints: seen 42
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int number, seen;
  atomic_int ready;
};

static struct shared* shared;
static int set, looks;

static void change(short by) {
  struct sembuf operation = {.sem_op = by};
  if (semop(set, &operation, 1) == -1) exit(2);
}

static void consume(void) {
  while (looks < 20 && atomic_load(&shared->ready) == 0) looks++;
  change(-1);
  shared->seen = shared->number;
}

static void produce(void) {
  shared->number = 42;
  atomic_store(&shared->ready, 1);
  change(1);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

int main(void) {
  int segment = shmget(IPC_PRIVATE, sizeof *shared, 0600);
  shared = shmat(segment, NULL, 0);
  set = semget(IPC_PRIVATE, 1, 0600);
  if (shared == (void*)-1 || semctl(set, 0, SETVAL, 0) == -1) exit(2);
  start(consume);
  start(produce);
  while (wait(NULL) > 0) continue;
  semctl(set, 0, IPC_RMID);
  shmctl(segment, IPC_RMID, NULL);
  printf("seen %d\n", shared->seen);
  return shared->seen == 42 ? 0 : 1;
}
