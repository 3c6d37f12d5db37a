// A child that was killed while it had the semaphore gave it back by SEM_UNDO; the next continues what it left.
// prints: 11
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

int set;
void P(void) { semop(set, &(struct sembuf){0, -1, SEM_UNDO}, 1); }
void V(void) { semop(set, &(struct sembuf){0, 1, SEM_UNDO}, 1); }

int main(void) {
  int* value = mmap(NULL, sizeof *value, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  set = semget(IPC_PRIVATE, 1, 0600 | IPC_CREAT);
  semctl(set, 0, SETVAL, 1);
  pid_t first = fork();
  if (first == 0) {
    P();
    *value += 10;
    raise(SIGKILL);
  }
  pid_t second = fork();
  if (second == 0) {
    P();
    *value += 1;
    V();
    exit(0);
  }
  waitpid(first, NULL, 0);
  waitpid(second, NULL, 0);
  printf("%d\n", *value);
  semctl(set, 0, IPC_RMID);
  return 0;
}
