// Whoever comes first fills the table, but says so before it has: the other, which looks without the lock, may use an
// empty one.
// shows: exit 1
// races: shared->table, harmful
#include <errno.h>
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
  int table;
  int seen[2];
};

union semun {
  int val;
  unsigned short* array;
};

static struct shared* shared;
static int segment, set;

static void create(int members, unsigned short* values) {
  segment = shmget(IPC_PRIVATE, sizeof *shared, 0600);
  shared = shmat(segment, NULL, 0);
  set = semget(IPC_PRIVATE, members, 0600);
  if (shared == (void*)-1 || semctl(set, 0, SETALL, (union semun){.array = values}) == -1) exit(2);
}

static void start(void (*work)(int), int number) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(number), _exit(0);
}

static void finish(void) {
  int failed = 0;
  for (int status; wait(&status) > 0;) failed |= status;
  semctl(set, 0, IPC_RMID);
  shmctl(segment, IPC_RMID, NULL);
  if (failed) exit(2);
}

static void change(int member, int by) {
  struct sembuf operation = {.sem_num = (unsigned short)member, .sem_op = (short)by};
  while (semop(set, &operation, 1) == -1)
    if (errno != EINTR) exit(2);
}
static void P(int member) { change(member, -1); }
static void V(int member) { change(member, 1); }

static void use(int number) {
  if (!atomic_load(&shared->ready)) {
    P(0);
    if (!atomic_load(&shared->ready)) {
      atomic_store(&shared->ready, 1);
      shared->table = 42;
    }
    V(0);
  }
  shared->seen[number] = shared->table;
}

int main(void) {
  create(1, (unsigned short[]){1});
  start(use, 0);
  start(use, 1);
  finish();
  printf("seen %d and %d\n", shared->seen[0], shared->seen[1]);
  return shared->seen[0] == 42 && shared->seen[1] == 42 ? 0 : 1;
}
