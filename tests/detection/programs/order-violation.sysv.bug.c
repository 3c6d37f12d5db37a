// The flag goes up before the number is there, so the reader may take a number that was never written.
// shows: exit 1
// races: shared->number, harmful
// story: shared->ready; shared->number
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  atomic_int ready;
  int number;
  int wrong;
};

static struct shared* shared;
static int segment;

static void create(void) {
  segment = shmget(IPC_PRIVATE, sizeof *shared, 0600);
  shared = shmat(segment, NULL, 0);
  if (shared == (void*)-1) exit(2);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

static void finish(void) {
  int failed = 0;
  for (int status; wait(&status) > 0;) failed |= status;
  shmctl(segment, IPC_RMID, NULL);
  if (failed) exit(2);
}

static void give(void) {
  atomic_store(&shared->ready, 1);
  shared->number = 42;
}

static void take(void) {
  if (atomic_load(&shared->ready) && shared->number != 42) shared->wrong = 1;
}

int main(void) {
  create();
  start(give);
  start(take);
  finish();
  printf("%s\n", shared->wrong ? "flag without number" : "fine");
  return shared->wrong;
}
