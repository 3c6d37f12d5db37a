// 10 processes write a, then b; one reads both. Without a lock it may see a new a with the old b (SCTBench's reorder).
// shows: exit 1
// races: shared->a
// races: shared->b
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  int a;
  int b;
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

static void set_both(void) {
  shared->a = 1;
  shared->b = -1;
}

static void check(void) {
  int a = shared->a;
  int b = shared->b;
  if (a + b != 0) shared->wrong = 1;
}

int main(void) {
  create();
  for (int i = 0; i < 10; i++) start(set_both);
  start(check);
  finish();
  printf("%s\n", shared->wrong ? "a without b" : "fine");
  return shared->wrong;
}
