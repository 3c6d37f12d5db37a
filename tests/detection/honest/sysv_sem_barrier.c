// Three processes pass three rounds of a reusable barrier built of System V semaphores (a mutex and two turnstiles).
// prints: rounds 3 3 3
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kTasks = 3, kRounds = 3 };
enum { kMutex, kEntry, kExit };

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
};

struct shared {
  int inside;
  int round[kTasks];
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

// Counts up (or down); whoever makes the count complete opens the turnstile for all.
static void pass(int semaphores, struct shared* shared, int by, int complete, unsigned short turnstile) {
  change(semaphores, kMutex, -1);
  shared->inside += by;
  if (shared->inside == complete) change(semaphores, turnstile, kTasks);
  change(semaphores, kMutex, 1);
  change(semaphores, turnstile, -1);
}

static void run(int me, int semaphores, struct shared* shared) {
  for (int round = 1; round <= kRounds; ++round) {
    shared->round[me] = round;
    pass(semaphores, shared, 1, kTasks, kEntry);
    for (int other = 0; other < kTasks; ++other) CHECK(shared->round[other] == round);
    pass(semaphores, shared, -1, 0, kExit);
  }
}

int main(void) {
  const int memory = shmget(IPC_PRIVATE, sizeof(struct shared), IPC_CREAT | 0600);
  const int semaphores = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  CHECK(memory >= 0 && semaphores >= 0);
  struct shared* shared = shmat(memory, NULL, 0);
  CHECK(shared != (void*)-1);
  unsigned short values[3] = {[kMutex] = 1, [kEntry] = 0, [kExit] = 0};
  CHECK(semctl(semaphores, 0, SETALL, (union semun){.array = values}) == 0);

  pid_t children[kTasks];
  for (int me = 0; me < kTasks; ++me) {
    children[me] = fork();
    CHECK(children[me] >= 0);
    if (children[me] == 0) {
      run(me, semaphores, shared);
      _exit(0);
    }
  }
  for (int i = 0; i < kTasks; ++i) expect_success(children[i]);

  printf("rounds %d %d %d\n", shared->round[0], shared->round[1], shared->round[2]);
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0 && semctl(semaphores, 0, IPC_RMID) == 0);
  return 0;
}
