// Three philosophers take both forks with one semop of two operations, so that nobody ever holds only one.
// prints: meals 15
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

struct table {
  int eating[3];
  int meals;
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

static void change_both(int forks, int me, short by) {
  struct sembuf both[2] = {{(unsigned short)me, by, 0}, {(unsigned short)((me + 1) % 3), by, 0}};
  CHECK(TEMP_FAILURE_RETRY(semop(forks, both, 2)) == 0);
}

static void dine(int me, int forks, struct table* table) {
  for (int round = 0; round < 5; ++round) {
    change_both(forks, me, -1);
    table->eating[me] = 1;
    CHECK(table->eating[(me + 1) % 3] == 0 && table->eating[(me + 2) % 3] == 0);
    ++table->meals;  // every two of three share a fork: only one eats
    table->eating[me] = 0;
    change_both(forks, me, 1);
  }
}

int main(void) {
  const int memory = shmget(IPC_PRIVATE, sizeof(struct table), IPC_CREAT | 0600);
  const int forks = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  CHECK(memory >= 0 && forks >= 0);
  struct table* table = shmat(memory, NULL, 0);
  CHECK(table != (void*)-1);
  unsigned short ones[3] = {1, 1, 1};
  CHECK(semctl(forks, 0, SETALL, (union semun){.array = ones}) == 0);

  pid_t children[3];
  for (int me = 0; me < 3; ++me) {
    children[me] = fork();
    CHECK(children[me] >= 0);
    if (children[me] == 0) {
      dine(me, forks, table);
      _exit(0);
    }
  }
  for (int i = 0; i < 3; ++i) expect_success(children[i]);

  CHECK(table->meals == 15);
  printf("meals %d\n", table->meals);
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0 && semctl(forks, 0, IPC_RMID) == 0);
  return 0;
}
