// Three processes add to a counter in System V shared memory, under a System V semaphore; who came last is left open.
// prints one of: counter 30 last 1 | counter 30 last 2 | counter 30 last 3
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
};

struct shared {
  int counter;
  int last;
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

static void add_ten_times(int me, struct shared* shared, int semaphores) {
  for (int i = 0; i < 10; ++i) {
    change(semaphores, 0, -1);
    const int before = shared->counter;
    shared->counter = before + 1;
    shared->last = me;
    change(semaphores, 0, 1);
  }
}

int main(void) {
  const int memory = shmget(IPC_PRIVATE, sizeof(struct shared), IPC_CREAT | 0600);
  const int semaphores = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  CHECK(memory >= 0 && semaphores >= 0);
  struct shared* shared = shmat(memory, NULL, 0);
  CHECK(shared != (void*)-1);
  CHECK(semctl(semaphores, 0, SETVAL, (union semun){.val = 1}) == 0);

  pid_t children[3];
  for (int me = 1; me <= 3; ++me) {
    children[me - 1] = fork();
    CHECK(children[me - 1] >= 0);
    if (children[me - 1] == 0) {
      add_ten_times(me, shared, semaphores);
      _exit(0);
    }
  }
  for (int i = 0; i < 3; ++i) expect_success(children[i]);

  CHECK(shared->counter == 30);
  printf("counter %d last %d\n", shared->counter, shared->last);
  CHECK(shmdt(shared) == 0);
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0 && semctl(semaphores, 0, IPC_RMID) == 0);
  return 0;
}
