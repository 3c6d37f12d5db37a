// 10 processes set first in one section and second in another; a reader may come between the stages and find a first
// without its second (SCTBench's twostage).
// shows: exit 1
// races: shared->first
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kFirst, kSecond };

struct shared {
  int first;
  int second;
  int wrong;
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

static void set_both(void) {
  P(kFirst);
  shared->first = 1;
  V(kFirst);
  P(kSecond);
  shared->second = shared->first + 1;
  V(kSecond);
}

static void check(void) {
  P(kFirst);
  int first = shared->first;
  V(kFirst);
  if (first == 0) return;
  P(kSecond);
  int second = shared->second;
  V(kSecond);
  if (second != first + 1) shared->wrong = 1;
}

int main(void) {
  create(2, (unsigned short[]){1, 1});
  for (int i = 0; i < 10; i++) start(set_both);
  start(check);
  finish();
  printf("%s\n", shared->wrong ? "first without second" : "fine");
  return shared->wrong;
}
