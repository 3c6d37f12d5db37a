// Every child fills its own slot; the parent reads a slot when waitpid gave it that child, also through waitid.
// prints: 1 4 9 16
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int id = shmget(IPC_PRIVATE, 4 * sizeof(int), IPC_CREAT | 0600);
  int* slot = shmat(id, NULL, 0);
  pid_t child[4];
  for (int i = 0; i < 4; i++) {
    child[i] = fork();
    if (child[i] == 0) {
      slot[i] = (i + 1) * (i + 1);
      _exit(0);
    }
  }
  for (int i = 0; i < 4; i++) {
    siginfo_t info;
    if (i % 2 == 0)
      waitpid(child[i], NULL, 0);
    else
      waitid(P_PID, child[i], &info, WEXITED);
    printf("%d%c", slot[i], i < 3 ? ' ' : '\n');
  }
  shmdt(slot);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
