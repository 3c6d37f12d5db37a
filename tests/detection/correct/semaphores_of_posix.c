// Numbers handed over by semaphores: in shared memory, named, tried for, and looked at.
// finds: busy-waiting
// prints: 10
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t here, tried, looked_at;
  int numbers[4];
};

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(&shared->here, 1, 0);
  sem_init(&shared->tried, 1, 0);
  sem_init(&shared->looked_at, 1, 0);
  char name[40];
  snprintf(name, sizeof name, "/correct_%d", (int)getpid());
  sem_t* named = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
  if (named == SEM_FAILED) return 1;
  if (fork() == 0) {
    sem_t* mine = sem_open(name, 0);
    shared->numbers[0] = 1;
    sem_post(&shared->here);
    shared->numbers[1] = 2;
    sem_post(mine);
    shared->numbers[2] = 3;
    sem_post(&shared->tried);
    shared->numbers[3] = 4;
    sem_post(&shared->looked_at);
    _exit(0);
  }
  sem_wait(&shared->here);
  int sum = shared->numbers[0];
  sem_wait(named);
  sum += shared->numbers[1];
  while (sem_trywait(&shared->tried) != 0) usleep(100);
  sum += shared->numbers[2];
  for (int value = 0; value == 0; usleep(100)) sem_getvalue(&shared->looked_at, &value);
  sum += shared->numbers[3];
  while (wait(NULL) > 0) continue;
  sem_unlink(name);
  printf("%d\n", sum);
  return 0;
}
