// Unusual, but right: a single System V semaphore. 0 means that it is Ping's turn, and Ping waits for exactly that
// (sem_op 0 takes nothing off). Ping then adds 2: one unit lets Pong in, the other keeps Ping out until Pong, having
// printed, takes it off as well.
#include <stdio.h>
#include <stdlib.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

static int sem;

static int by(short amount) {
  struct sembuf one = {.sem_num = 0, .sem_op = amount};
  return semop(sem, &one, 1);
}

static void say(const char* word) {
  fputs(word, stdout);
  fflush(stdout);
}

int main(int argc, char** argv) {
  int rounds = argc == 2 ? atoi(argv[1]) : -1;
  if (rounds < 0) return 64;
  sem = semget(IPC_PRIVATE, 1, 0600);  // a new one is 0 on Linux, so it is Ping's turn
  if (sem == -1) {
    perror("semget");
    return 1;
  }
  pid_t pong = fork();
  if (pong == -1) {
    perror("fork");
    semctl(sem, 0, IPC_RMID);
    return 1;
  }
  if (pong == 0) {
    while (rounds-- > 0) {
      if (by(-1) == -1) _exit(1);
      say("Pong, ");
      if (by(-1) == -1) _exit(1);
    }
    _exit(0);
  }
  while (rounds-- > 0) {
    if (by(0) == -1) break;
    say("Ping");
    if (by(2) == -1) break;
  }
  wait(NULL);
  semctl(sem, 0, IPC_RMID);
  return 0;
}
