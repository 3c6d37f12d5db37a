// pshared is 1, but the semaphore lies in memory of which each process has a copy: the V reaches the parent's own.
// shows: deadlock
// deadlock: one-process
// story: V(ready): 0 -> 1; wants P(ready)
#include <semaphore.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static sem_t ready;

int main(void) {
  sem_init(&ready, 1, 0);
  pid_t pid = fork();
  if (pid == 0) {
    sem_wait(&ready);
    printf("child goes on\n");
    return 0;
  }
  printf("parent is ready\n");
  sem_post(&ready);
  waitpid(pid, NULL, 0);
  return 0;
}
