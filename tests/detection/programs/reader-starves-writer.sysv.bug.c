// Readers that overlap keep the room for themselves, so a writer that asked is overtaken again and again. More often
// than there are readers counts as wrong: those were already at the door, the others came later.
// shows: exit 1
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMutex, kRoom, kReaders = 2 };

struct shared {
  int readers;
  atomic_int asked;
  atomic_int overtaken;
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

static void read_often(void) {
  for (int i = 0; i < 3; i++) {
    P(kMutex);
    if (++shared->readers == 1) P(kRoom);
    V(kMutex);
    if (atomic_load(&shared->asked)) atomic_fetch_add(&shared->overtaken, 1);
    P(kMutex);
    if (--shared->readers == 0) V(kRoom);
    V(kMutex);
  }
}

static void write_once(void) {
  atomic_store(&shared->asked, 1);
  P(kRoom);
  atomic_store(&shared->asked, 0);
  V(kRoom);
}

int main(void) {
  create(2, (unsigned short[]){1, 1});
  for (int i = 0; i < kReaders; i++) start(read_often);
  start(write_once);
  finish();
  printf("overtaken %d times\n", shared->overtaken);
  return shared->overtaken <= kReaders ? 0 : 1;
}
