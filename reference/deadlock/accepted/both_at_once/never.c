// One semop takes both or waits without having taken either: nobody holds one device and waits for the other.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCANNER, PRINTER, DEVICES };

static int set = -1;

static void both(int by) {
  struct sembuf operations[] = {{SCANNER, by, 0}, {PRINTER, by, 0}};
  while (semop(set, operations, 2) == -1) {
    if (errno == EINTR) continue;
    perror("semop");
    _exit(1);
  }
}

static void work(char who, int copies) {
  for (int i = 0; i < copies; i++) {
    both(-1);
    printf("%c has the printer\n%c has the scanner\n%c makes a copy\n", who, who, who);
    printf("%c gives back the printer\n%c gives back the scanner\n", who, who);
    fflush(stdout);
    both(1);
  }
}

static void give_up(const char* what) {
  perror(what);
  if (set != -1) semctl(set, 0, IPC_RMID);
  exit(1);
}

static void create(void) {
  union {
    int val;
    struct semid_ds* buf;
    unsigned short* array;
  } argument;
  unsigned short free_at_first[DEVICES] = {1, 1};
  argument.array = free_at_first;
  set = semget(IPC_PRIVATE, DEVICES, IPC_CREAT | 0600);
  if (set == -1) give_up("semget");
  if (semctl(set, 0, SETALL, argument) == -1) give_up("semctl");
}

static pid_t start(void) {
  const pid_t pid = fork();
  if (pid == -1) give_up("fork");
  return pid;
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s COPIES\n", argv[0]);
    return 2;
  }
  const int copies = atoi(argv[1]);
  create();
  if (start() == 0) {
    work('A', copies);
    return 0;
  }
  if (start() == 0) {
    work('B', copies);
    return 0;
  }
  wait(NULL);
  wait(NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
