// The parent waits until GETNCNT and GETZCNT say that two children wait for more and one for zero, lets them all go
// with one SETALL, and reads the values, the last process and the set's record.
// prints: 2 wait for more, 1 waits for zero
// prints: values 0 0 7
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
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

static void change(int semaphores, unsigned short number, short by) {
  struct sembuf operation = {number, by, 0};
  CHECK(TEMP_FAILURE_RETRY(semop(semaphores, &operation, 1)) == 0);
}

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static pid_t start_waiting(int semaphores, unsigned short number, short by) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child != 0) return child;
  change(semaphores, number, by);
  _exit(0);
}

int main(void) {
  const int semaphores = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  CHECK(semaphores >= 0);
  unsigned short values[3] = {0, 1, 5};
  CHECK(semctl(semaphores, 0, SETALL, (union semun){.array = values}) == 0);
  const pid_t children[3] = {start_waiting(semaphores, 0, -1), start_waiting(semaphores, 0, -1),
                             start_waiting(semaphores, 1, 0)};

  while (semctl(semaphores, 0, GETNCNT) != 2 || semctl(semaphores, 1, GETZCNT) != 1) usleep(1000);
  CHECK(semctl(semaphores, 0, GETZCNT) == 0 && semctl(semaphores, 1, GETNCNT) == 0);
  printf("2 wait for more, 1 waits for zero\n");
  fflush(stdout);
  unsigned short read_back[3] = {9, 9, 9};
  CHECK(semctl(semaphores, 0, GETALL, (union semun){.array = read_back}) == 0);
  CHECK(read_back[0] == 0 && read_back[1] == 1 && read_back[2] == 5);

  unsigned short release[3] = {2, 0, 6};
  CHECK(semctl(semaphores, 0, SETALL, (union semun){.array = release}) == 0);
  for (int i = 0; i < 3; ++i) expect_success(children[i]);
  change(semaphores, 2, 1);

  const int last = semctl(semaphores, 0, GETPID);
  CHECK(last == children[0] || last == children[1]);
  CHECK(semctl(semaphores, 2, GETPID) == getpid());
  CHECK(semctl(semaphores, 0, GETNCNT) == 0 && semctl(semaphores, 1, GETZCNT) == 0);
  struct semid_ds record;
  CHECK(semctl(semaphores, 0, IPC_STAT, (union semun){.buf = &record}) == 0);
  CHECK(record.sem_nsems == 3 && record.sem_otime != 0);
  CHECK(semctl(semaphores, 0, GETALL, (union semun){.array = read_back}) == 0);
  CHECK(read_back[0] == 0 && read_back[1] == 0 && read_back[2] == 7);
  printf("values 0 0 7\n");
  CHECK(semctl(semaphores, 0, IPC_RMID) == 0);
  return 0;
}
