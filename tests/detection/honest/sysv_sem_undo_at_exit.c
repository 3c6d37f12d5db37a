// Three children take a semaphore with SEM_UNDO and leave without giving it back; a fourth is killed while it holds
// it. The kernel gives it back each time.
// prints: counter 3
// prints: free again
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
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

static void take_with_undo(int semaphores) {
  struct sembuf both[2] = {{0, -1, SEM_UNDO}, {1, 2, SEM_UNDO}};
  CHECK(TEMP_FAILURE_RETRY(semop(semaphores, both, 2)) == 0);
}

static void kill_a_holder(int semaphores) {
  int ready[2];
  CHECK(pipe(ready) == 0);
  const pid_t holder = fork();
  CHECK(holder >= 0);
  if (holder == 0) {
    take_with_undo(semaphores);
    CHECK(write(ready[1], "x", 1) == 1);
    for (;;) pause();
  }
  char byte = 0;
  CHECK(TEMP_FAILURE_RETRY(read(ready[0], &byte, 1)) == 1);
  CHECK(semctl(semaphores, 0, GETVAL) == 0 && semctl(semaphores, 1, GETVAL) == 2);
  CHECK(kill(holder, SIGKILL) == 0);
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(holder, &status, 0)) == holder);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

int main(void) {
  const int memory = shmget(IPC_PRIVATE, sizeof(int), IPC_CREAT | 0600);
  const int semaphores = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
  CHECK(memory >= 0 && semaphores >= 0);
  int* counter = shmat(memory, NULL, 0);
  CHECK(counter != (void*)-1);
  unsigned short values[2] = {1, 0};
  CHECK(semctl(semaphores, 0, SETALL, (union semun){.array = values}) == 0);

  pid_t children[3];
  for (int i = 0; i < 3; ++i) {
    children[i] = fork();
    CHECK(children[i] >= 0);
    if (children[i] == 0) {
      take_with_undo(semaphores);
      const int before = *counter;
      *counter = before + 1;
      _exit(0);
    }
  }
  for (int i = 0; i < 3; ++i) expect_success(children[i]);
  CHECK(*counter == 3);
  printf("counter %d\n", *counter);
  fflush(stdout);

  kill_a_holder(semaphores);
  CHECK(semctl(semaphores, 0, GETVAL) == 1 && semctl(semaphores, 1, GETVAL) == 0);
  printf("free again\n");
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0 && semctl(semaphores, 0, IPC_RMID) == 0);
  return 0;
}
