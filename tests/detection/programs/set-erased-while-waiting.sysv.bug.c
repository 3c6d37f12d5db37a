// The parent waits for one child of three and erases the set. A reader that still waits goes on at once (EIDRM, which
// it does not look at) and finds no number.
// shows: exit 1
// maybe races: shared->number
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int number;
  int seen;
  int noted;
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

static void change(int member, int by) {
  struct sembuf operation = {.sem_num = (unsigned short)member, .sem_op = (short)by};
  while (semop(set, &operation, 1) == -1 && errno == EINTR) continue;
}

static void give(void) {
  shared->number = 42;
  change(0, 1);
}

static void take(void) {
  change(0, -1);
  shared->seen = shared->number;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void note(void) {
  prepare();
  shared->noted = 1;
}

int main(void) {
  create(1, (unsigned short[]){0});
  start(give);
  start(take);
  start(note);
  wait(NULL);
  semctl(set, 0, IPC_RMID);
  while (wait(NULL) > 0) continue;
  shmctl(segment, IPC_RMID, NULL);
  printf("seen %d, noted %d\n", shared->seen, shared->noted);
  return shared->seen == 42 && shared->noted == 1 ? 0 : 1;
}
