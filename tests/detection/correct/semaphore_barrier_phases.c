// A barrier of System V semaphores between two phases: all write their cell, then all read those of the others.
// prints: 18
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>

#define N 3
enum { ARRIVED, GO, MUTEX };

int set;

void change(int member, int by) {
  struct sembuf operation = {member, by, 0};
  if (semop(set, &operation, 1) < 0) exit(1);
}

int main(void) {
  int id = shmget(IPC_PRIVATE, (N + 1) * sizeof(int), IPC_CREAT | 0600);
  int* cells = shmat(id, NULL, 0);
  unsigned short values[] = {0, 0, 1};
  set = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  semctl(set, 0, SETALL, values);
  for (int me = 0; me < N; me++) {
    if (fork() == 0) {
      cells[me] = me + 1;
      change(ARRIVED, 1);
      change(GO, -1);
      int sum = 0;
      for (int i = 0; i < N; i++) sum += cells[i];
      change(MUTEX, -1);
      cells[N] += sum;
      change(MUTEX, 1);
      exit(0);
    }
  }
  change(ARRIVED, -N);
  change(GO, N);
  for (int i = 0; i < N; i++) wait(NULL);
  printf("%d\n", cells[N]);
  shmctl(id, IPC_RMID, NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
