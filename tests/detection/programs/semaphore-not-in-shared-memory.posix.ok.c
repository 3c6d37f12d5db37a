// pshared is 1, and the semaphore lies in memory that both processes see.
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>


int main(void) {
  sem_t* ready = mmap(NULL, sizeof *ready, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(ready, 1, 0);
  pid_t pid = fork();
  if (pid == 0) {
    sem_wait(ready);
    printf("child goes on\n");
    return 0;
  }
  printf("parent is ready\n");
  sem_post(ready);
  waitpid(pid, NULL, 0);
  return 0;
}
