// Who makes the lock file may change the number; who erases it lets the next one in.
// prints: 4
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

void lock(void) {
  int file;
  while ((file = open("lock", O_CREAT | O_EXCL | O_WRONLY, 0600)) < 0) {
    if (errno != EEXIST) exit(1);
    usleep(100);
  }
  close(file);
}
void unlock(void) { unlink("lock"); }

int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(int), IPC_CREAT | 0600);
  int* number = shmat(id, NULL, 0);
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      for (int k = 0; k < 2; k++) {
        lock();
        ++*number;
        unlock();
      }
      exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *number);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
