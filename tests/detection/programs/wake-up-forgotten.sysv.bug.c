// The consumer looks at the flag some twenty times, to save itself a call, and then sleeps in P. The producer sets the flag
// and forgets the V, which shows only where it is later than twenty looks.
// shows: deadlock
// deadlock: never-sent
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  atomic_int ready;
  int number, seen;
};

static struct shared* shared;
static int set;

static void change(int by) {
  struct sembuf operation = {0, (short)by, 0};
  if (semop(set, &operation, 1) == -1) _exit(2);
}

static void consume(void) {
  for (int looks = 0; looks < 20; looks++) {
    if (!atomic_load(&shared->ready)) continue;
    shared->seen = shared->number;
    return;
  }
  change(-1);
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
  set = semget(IPC_PRIVATE, 1, 0600);
  shared = shmat(segment, NULL, 0);
  if (set == -1 || shared == (void*)-1 || semctl(set, 0, SETVAL, 0) == -1) exit(2);
  start(consume);
  start(produce);
  while (wait(NULL) > 0) continue;
  semctl(set, 0, IPC_RMID);
  shmctl(segment, IPC_RMID, NULL);
  printf("seen %d\n", shared->seen);
  return shared->seen == 42 ? 0 : 1;
}
