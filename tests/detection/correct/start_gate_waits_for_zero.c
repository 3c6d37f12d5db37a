// Children wait until a semaphore is zero; the parent fills the table first and then takes the one that keeps it shut.
// prints: 33 33
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>

int main(void) {
  int* table = mmap(NULL, 5 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int gate = semget(IPC_PRIVATE, 1, 0600 | IPC_CREAT);
  semctl(gate, 0, SETVAL, 1);
  for (int child = 0; child < 2; child++) {
    if (fork() == 0) {
      struct sembuf until_open = {0, 0, 0};
      semop(gate, &until_open, 1);
      table[3 + child] = table[0] + table[1] + table[2];
      exit(0);
    }
  }
  for (int i = 0; i < 3; i++) table[i] = 10 + i;
  struct sembuf open_it = {0, -1, 0};
  semop(gate, &open_it, 1);
  while (wait(NULL) > 0) continue;
  printf("%d %d\n", table[3], table[4]);
  semctl(gate, 0, IPC_RMID);
  return 0;
}
