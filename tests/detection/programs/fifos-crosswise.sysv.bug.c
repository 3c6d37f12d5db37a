// Who comes first opens its reading end first, the other its writing end. But the lock is given back between looking
// and saying so, so both may think they are first, and each waits for the other to open its writing end.
// shows: deadlock
// deadlock: circular-wait
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int arrived;
  char got[2];
};

static char names[2][32];

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

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void talk(int self) {
  if (self == 1) prepare();
  P(0);
  int first = !shared->arrived;
  V(0);
  P(0);
  shared->arrived = 1;
  V(0);
  int in = first ? open(names[self], O_RDONLY) : -1;
  int out = open(names[1 - self], O_WRONLY);
  if (!first) in = open(names[self], O_RDONLY);
  if (write(out, "x", 1) != 1 || read(in, &shared->got[self], 1) != 1) shared->got[self] = '?';
}

int main(void) {
  create(1, (unsigned short[]){1});
  for (int i = 0; i < 2; i++) {
    snprintf(names[i], sizeof names[i], "/tmp/detection.%d.%d", (int)getpid(), i);
    if (mkfifo(names[i], 0600) == -1) exit(2);
  }
  start(talk, 0);
  start(talk, 1);
  finish();
  for (int i = 0; i < 2; i++) unlink(names[i]);
  printf("got %c and %c\n", shared->got[0], shared->got[1]);
  return shared->got[0] == 'x' && shared->got[1] == 'x' ? 0 : 1;
}
