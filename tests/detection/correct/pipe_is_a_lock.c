// A byte in a pipe is the lock: read takes it, write gives it back.
// prints: 9
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

int lock[2];

void enter(void) {
  char byte;
  if (read(lock[0], &byte, 1) != 1) exit(1);
}
void leave(void) {
  if (write(lock[1], "x", 1) != 1) exit(1);
}

int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(int), IPC_CREAT | 0600);
  int* counter = shmat(id, NULL, 0);
  *counter = 0;
  pipe(lock);
  leave();
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      for (int k = 0; k < 3; k++) {
        enter();
        (*counter)++;
        leave();
      }
      exit(0);
    }
  }
  for (int i = 0; i < 3; i++) wait(NULL);
  printf("%d\n", *counter);
  shmdt(counter);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
