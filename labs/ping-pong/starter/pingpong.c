// pingpong N: two tasks print "PingPong, " N times.
//
// This compiles and ends, but nobody waits for the other: who comes first, prints first. What is missing: the two
// semaphores, with the right values before anybody starts, and P and V at the right places.
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

// The numbers of the two semaphores in the set, in this order: the reports call them ping and pong.
enum { PING, PONG };

static int set = -1;

// P is change(semaphore, -1), V is change(semaphore, 1).
static void change(int semaphore, int by) {
  struct sembuf operation = {semaphore, by, 0};
  if (semop(set, &operation, 1) == -1) {
    perror("semop");
    exit(1);
  }
}

static void ping(int rounds) {
  for (int i = 0; i < rounds; i++) {
    // Here Ping should wait for its turn.
    printf("Ping");
    fflush(stdout);
    // Here it should give the turn to Pong: change(PONG, 1).
  }
}

static void pong(int rounds) {
  for (int i = 0; i < rounds; i++) {
    printf("Pong, ");
    fflush(stdout);
  }
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s N\n", argv[0]);
    return 1;
  }
  int rounds = atoi(argv[1]);

  set = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
  if (set == -1) {
    perror("semget");
    return 1;
  }
  // On Linux both semaphores are 0 now. If nobody changes that, the first P waits for ever: try it.
  (void)change;

  if (fork() == 0) {
    ping(rounds);
    return 0;
  }
  if (fork() == 0) {
    pong(rounds);
    return 0;
  }
  wait(NULL);
  wait(NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
