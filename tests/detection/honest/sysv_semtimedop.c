// semtimedop waits two seconds for what never comes, takes at once what is there, and repeats its wait until a child
// has added one.
// prints: timed out
// prints: taken
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
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

static int take_within(int semaphores, long seconds) {
  struct sembuf take = {0, -1, 0};
  struct timespec limit = {seconds, 0};
  return semtimedop(semaphores, &take, 1, &limit);
}

static double now(void) {
  struct timespec time;
  CHECK(clock_gettime(CLOCK_MONOTONIC, &time) == 0);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(void) {
  const int semaphores = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  CHECK(semaphores >= 0);
  CHECK(semctl(semaphores, 0, SETVAL, (union semun){.val = 0}) == 0);

  struct sembuf try = {0, -1, IPC_NOWAIT};
  CHECK(semop(semaphores, &try, 1) == -1 && errno == EAGAIN);
  const double start = now();
  CHECK(take_within(semaphores, 2) == -1 && errno == EAGAIN);
  CHECK(now() - start > 1.99);
  printf("timed out\n");
  fflush(stdout);

  CHECK(semctl(semaphores, 0, SETVAL, (union semun){.val = 1}) == 0);
  CHECK(take_within(semaphores, 0) == 0);

  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    struct sembuf give = {0, 1, 0};
    CHECK(semop(semaphores, &give, 1) == 0);
    _exit(0);
  }
  while (take_within(semaphores, 1) == -1) CHECK(errno == EAGAIN || errno == EINTR);
  expect_success(child);
  CHECK(semctl(semaphores, 0, GETVAL) == 0);
  printf("taken\n");
  CHECK(semctl(semaphores, 0, IPC_RMID) == 0);
  return 0;
}
