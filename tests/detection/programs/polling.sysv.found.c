// The consumer does not wait for the semaphore but tries it, sleeps for a while, and tries it again.
// finds: busy-waiting
// evidence: while (semop(set, &try, 1) == -1) usleep(1000);
// prints: seen 42
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int number, seen;
};

static struct shared* shared;
static int set;

static void consume(void) {
  struct sembuf try = {0, -1, IPC_NOWAIT};
  while (semop(set, &try, 1) == -1) usleep(1000);
  shared->seen = shared->number;
}

static void produce(void) {
  struct sembuf give = {0, 1, 0};
  shared->number = 42;
  semop(set, &give, 1);
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
