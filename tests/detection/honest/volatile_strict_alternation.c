// Two processes take strict turns: each spins on a volatile number in System V shared memory until it is its own.
// prints: 0101010101
// races: shared->turn
// races: shared->length
// finds: busy-waiting
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  volatile int turn;
  volatile int length;
  char text[16];
};

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void write_five(int me, struct shared* shared) {
  for (int i = 0; i < 5; ++i) {
    while (shared->turn != me) {
    }
    shared->text[shared->length] = (char)('0' + me);
    shared->length = shared->length + 1;
    shared->turn = 1 - me;
  }
}

int main(void) {
  const int memory = shmget(IPC_PRIVATE, sizeof(struct shared), IPC_CREAT | 0600);
  CHECK(memory >= 0);
  struct shared* shared = shmat(memory, NULL, 0);
  CHECK(shared != (void*)-1);
  shared->turn = 0;
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    write_five(1, shared);
    _exit(0);
  }
  write_five(0, shared);
  expect_success(child);
  CHECK(shared->length == 10);
  printf("%s\n", shared->text);
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0);
  return 0;
}
