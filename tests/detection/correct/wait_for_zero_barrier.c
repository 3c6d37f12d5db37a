// Three processes write each their own number, meet at a semaphore that they count down and wait to be zero, and read
// the numbers of all.
// prints: 18
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kTasks = 3 };
union semun {
  unsigned short* array;
};

int main(void) {
  int* shared = mmap(NULL, 8 * sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  const int set = semget(IPC_PRIVATE, 2, 0600);
  if (set < 0 || semctl(set, 0, SETALL, (union semun){.array = (unsigned short[]){kTasks, 1}}) == -1) return 1;
  for (int i = 0; i < kTasks; i++) {
    if (fork() != 0) continue;
    shared[i] = i + 1;
    struct sembuf arrive = {0, -1, 0}, meet = {0, 0, 0}, take = {1, -1, 0}, give = {1, 1, 0};
    if (semop(set, &arrive, 1) == -1 || semop(set, &meet, 1) == -1) _exit(1);
    const int sum = shared[0] + shared[1] + shared[2];
    if (semop(set, &take, 1) == -1) _exit(1);
    shared[kTasks] += sum;
    if (semop(set, &give, 1) == -1) _exit(1);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  semctl(set, 0, IPC_RMID);
  printf("%d\n", shared[kTasks]);
  return 0;
}
