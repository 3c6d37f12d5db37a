// One process locks left then right, the other right then left: each may hold one and wait for the other.
// shows: deadlock
// deadlock: circular-wait
// story: P(semaphore 0): 1 -> 0; P(semaphore 1): 1 -> 0; wants P(semaphore 0); wants P(semaphore 1)
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kLeft, kRight };

struct shared {
  int left;
  int right;
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

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
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

static void to_right(void) {
  P(kLeft);
  P(kRight);
  shared->left -= 1;
  shared->right += 1;
  V(kRight);
  V(kLeft);
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void to_left(void) {
  prepare();
  P(kRight);
  P(kLeft);
  shared->right -= 2;
  shared->left += 2;
  V(kRight);
  V(kLeft);
}

int main(void) {
  create(2, (unsigned short[]){1, 1});
  start(to_right);
  start(to_left);
  finish();
  printf("left %d, right %d\n", shared->left, shared->right);
  return shared->left == 1 && shared->right == -1 ? 0 : 1;
}
