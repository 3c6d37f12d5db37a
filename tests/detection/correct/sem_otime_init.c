// Whoever makes the set initialises it and the memory, and operates on it once; others wait until it was operated on.
// prints: sum 84
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

union semun {
  int val;
  struct semid_ds* buf;
};
struct shared {
  int table;
  int sum;
};

static void change(int set, int by) {
  struct sembuf operation = {0, (short)by, 0};
  if (semop(set, &operation, 1) == -1) exit(1);
}

static int open_set(key_t key, struct shared* shared) {
  int set = semget(key, 1, 0600 | IPC_CREAT | IPC_EXCL);
  if (set >= 0) {
    shared->table = 42;
    semctl(set, 0, SETVAL, (union semun){.val = 0});
    change(set, 1);
    return set;
  }
  if (errno != EEXIST || (set = semget(key, 1, 0600)) < 0) exit(1);
  for (struct semid_ds status;;) {
    if (semctl(set, 0, IPC_STAT, (union semun){.buf = &status}) == -1) exit(1);
    if (status.sem_otime != 0) return set;
    usleep(1000);
  }
}

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  const key_t key = 0x1000 + getpid();
  for (int i = 0; i < 2; i++) {
    if (fork() != 0) continue;
    const int set = open_set(key, shared);
    const int seen = shared->table;
    change(set, -1);
    shared->sum += seen;
    change(set, 1);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  semctl(semget(key, 1, 0600), 0, IPC_RMID);
  printf("sum %d\n", shared->sum);
  return 0;
}
