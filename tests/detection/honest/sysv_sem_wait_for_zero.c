// A gate and a count of unfinished children, both awaited by waiting for zero; the lock between the children is "wait
// for zero and add one" in a single semop.
// prints: counter 10
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kGate, kUnfinished, kLock };

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

static void change(int semaphores, unsigned short number, short by) {
  struct sembuf operation = {number, by, 0};
  CHECK(TEMP_FAILURE_RETRY(semop(semaphores, &operation, 1)) == 0);
}

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void lock(int semaphores) {
  struct sembuf take[2] = {{kLock, 0, 0}, {kLock, 1, 0}};
  CHECK(TEMP_FAILURE_RETRY(semop(semaphores, take, 2)) == 0);
}

static void unlock(int semaphores) {
  struct sembuf give = {kLock, -1, IPC_NOWAIT};
  CHECK(semop(semaphores, &give, 1) == 0);
}

static void work(int semaphores, int* counter) {
  change(semaphores, kGate, 0);
  for (int i = 0; i < 5; ++i) {
    lock(semaphores);
    ++*counter;
    unlock(semaphores);
  }
  change(semaphores, kUnfinished, -1);
}

int main(void) {
  const int memory = shmget(IPC_PRIVATE, sizeof(int), IPC_CREAT | 0600);
  const int semaphores = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  CHECK(memory >= 0 && semaphores >= 0);
  int* counter = shmat(memory, NULL, 0);
  CHECK(counter != (void*)-1);
  unsigned short values[3] = {[kGate] = 1, [kUnfinished] = 2, [kLock] = 0};
  CHECK(semctl(semaphores, 0, SETALL, (union semun){.array = values}) == 0);

  pid_t children[2];
  for (int i = 0; i < 2; ++i) {
    children[i] = fork();
    CHECK(children[i] >= 0);
    if (children[i] == 0) {
      work(semaphores, counter);
      _exit(0);
    }
  }
  CHECK(*counter == 0);  // the gate is still shut
  change(semaphores, kGate, -1);
  change(semaphores, kUnfinished, 0);
  CHECK(*counter == 10);
  for (int i = 0; i < 2; ++i) expect_success(children[i]);

  printf("counter %d\n", *counter);
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0 && semctl(semaphores, 0, IPC_RMID) == 0);
  return 0;
}
