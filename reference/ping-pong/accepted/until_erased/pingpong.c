// Unusual, but right: Pong does not know how many rounds there are. It plays until the set is gone, which is how the parent
// tells it that the game is over: the P in which it waits then fails. The parent, who is Ping, takes the last turn back
// before it erases the set, so nobody has a V to do any more.
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

static int balls;

static int semaphore(unsigned short number, short by) {
  struct sembuf change = {.sem_num = number, .sem_op = by};
  return semop(balls, &change, 1);
}

static void say(const char* word, size_t length) {
  if (write(STDOUT_FILENO, word, length) == -1) _exit(3);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  balls = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);  // both 0 on Linux
  if (balls == -1 || semaphore(0, 1) == -1) return 1;

  const pid_t pong = fork();
  if (pong == -1) {
    semctl(balls, 0, IPC_RMID);
    return 1;
  }
  if (pong == 0) {
    while (semaphore(1, -1) == 0) {
      say("Pong, ", 6);
      semaphore(0, 1);
    }
    puts("game over");
    return 0;
  }
  for (long round = atol(argv[1]); round > 0; round--) {
    semaphore(0, -1);
    say("Ping", 4);
    semaphore(1, 1);
  }
  semaphore(0, -1);
  semctl(balls, 0, IPC_RMID);
  waitpid(pong, NULL, 0);
  return 0;
}
