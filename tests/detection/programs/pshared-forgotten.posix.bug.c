// The semaphore lies in shared memory, but pshared is 0: the V of the parent does not wake the child that sleeps in it.
// shows: deadlock
// deadlock: one-process
// story: tries P(shared->ready): it is 0; sleeps in shared->ready
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t ready;
  int answer;
};

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED || sem_init(&shared->ready, 0, 0) != 0) return 2;
  const pid_t child = fork();
  if (child == 0) {
    sem_wait(&shared->ready);
    _exit(shared->answer == 42 ? 0 : 1);
  }
  shared->answer = 42;
  sem_post(&shared->ready);
  int status = 0;
  waitpid(child, &status, 0);
  sem_destroy(&shared->ready);
  return WEXITSTATUS(status);
}
