// A child takes the semaphore with SEM_UNDO, changes the number and ends without giving it back; the kernel does.
// prints: 3
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

union semun {
  int val;
};

int main(void) {
  int* number = mmap(NULL, sizeof *number, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  const int set = semget(IPC_PRIVATE, 1, 0600);
  if (set < 0 || semctl(set, 0, SETVAL, (union semun){.val = 1}) == -1) return 1;
  for (int i = 0; i < 3; i++) {
    if (fork() != 0) continue;
    struct sembuf take = {0, -1, SEM_UNDO};
    if (semop(set, &take, 1) == -1) _exit(1);
    *number += 1;
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  semctl(set, 0, IPC_RMID);
  printf("%d\n", *number);
  return 0;
}
