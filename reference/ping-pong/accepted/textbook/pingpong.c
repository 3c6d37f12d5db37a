// One System V set with the two semaphores of the lecture, values set before the first fork, a process for each player.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PING, PONG, SEMAPHORES };

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
};

static int set = -1;

static void change(int semaphore, int by) {
  struct sembuf operation = {semaphore, by, 0};
  while (semop(set, &operation, 1) == -1) {
    if (errno == EINTR) continue;
    perror("semop");
    _exit(1);
  }
}

static void P(int semaphore) { change(semaphore, -1); }
static void V(int semaphore) { change(semaphore, 1); }

static void play(const char* word, int mine, int theirs, int rounds) {
  for (int i = 0; i < rounds; i++) {
    P(mine);
    printf("%s", word);
    fflush(stdout);
    V(theirs);
  }
}

static void give_up(const char* what) {
  perror(what);
  if (set != -1) semctl(set, 0, IPC_RMID);
  exit(1);
}

static pid_t start(void) {
  const pid_t pid = fork();
  if (pid == -1) give_up("fork");
  return pid;
}

int main(int argc, char** argv) {
  if (argc != 2 || atoi(argv[1]) < 0) {
    fprintf(stderr, "usage: %s ROUNDS\n", argv[0]);
    return 2;
  }
  const int rounds = atoi(argv[1]);
  unsigned short first_turn[SEMAPHORES] = {[PING] = 1, [PONG] = 0};
  union semun argument = {.array = first_turn};
  set = semget(IPC_PRIVATE, SEMAPHORES, IPC_CREAT | 0600);
  if (set == -1) give_up("semget");
  if (semctl(set, 0, SETALL, argument) == -1) give_up("semctl");

  if (start() == 0) {
    play("Ping", PING, PONG, rounds);
    return 0;
  }
  if (start() == 0) {
    play("Pong, ", PONG, PING, rounds);
    return 0;
  }
  wait(NULL);
  wait(NULL);
  semctl(set, 0, IPC_RMID);
  printf("\n");
  return 0;
}
