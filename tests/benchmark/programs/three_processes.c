// Two children of one process each count once, under a semaphore. With "sleep": 12 seconds go by in all.
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

static void change(int set, short by) {
  struct sembuf operation = {0, by, 0};
  if (semop(set, &operation, 1) != 0) exit(1);
}

int main(int count, char **values) {
  (void)values;
  const int sleeps = count > 1;
  const int segment = shmget(IPC_PRIVATE, sizeof(int), 0600), set = semget(IPC_PRIVATE, 1, 0600);
  int *counter = shmat(segment, NULL, 0);
  change(set, 1);
  for (int child = 0; child < 2; child++) {
    if (fork() != 0) continue;
    if (sleeps) sleep(4);
    change(set, -1);
    ++*counter;
    change(set, 1);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  if (sleeps) sleep(4);
  printf("%d\n", *counter);
  shmctl(segment, IPC_RMID, NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
