// The parent writes the input after its children were made and lets them go by setting all semaphores of the set.
// prints: 12
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>

union semun {
  int val;
  unsigned short* array;
};

int main(void) {
  int id = shmget(IPC_PRIVATE, 3 * sizeof(int), 0600 | IPC_CREAT);
  int* data = shmat(id, NULL, 0);
  int set = semget(IPC_PRIVATE, 2, 0600 | IPC_CREAT);
  unsigned short zero[2] = {0, 0}, one[2] = {1, 1};
  semctl(set, 0, SETALL, (union semun){.array = zero});
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      struct sembuf wait_for_it = {i, -1, 0};
      semop(set, &wait_for_it, 1);
      data[1 + i] = data[0] * (i + 1);
      exit(0);
    }
  }
  data[0] = 4;
  semctl(set, 0, SETALL, (union semun){.array = one});
  while (wait(NULL) > 0) continue;
  printf("%d\n", data[1] + data[2]);
  semctl(set, 0, IPC_RMID);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
