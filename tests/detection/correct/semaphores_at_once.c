// One semop takes two members at once, so that both accounts may be changed.
// prints: 100
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>

int set;

void both(int from, int to, int by) {
  struct sembuf operations[2] = {{from, by, 0}, {to, by, 0}};
  if (semop(set, operations, 2) < 0) exit(1);
}

int main(void) {
  int id = shmget(IPC_PRIVATE, 3 * sizeof(int), IPC_CREAT | 0600);
  int* account = shmat(id, NULL, 0);
  set = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  for (int i = 0; i < 3; i++) {
    semctl(set, i, SETVAL, 1);
    account[i] = 0;
  }
  account[0] = 100;
  for (int from = 0; from < 3; from++) {
    if (fork() == 0) {
      int to = (from + 1) % 3;
      both(from, to, -1);
      int half = account[from] / 2;
      account[from] -= half;
      account[to] += half;
      both(from, to, 1);
      exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", account[0] + account[1] + account[2]);
  shmctl(id, IPC_RMID, 0);
  semctl(set, 0, IPC_RMID);
  return 0;
}
