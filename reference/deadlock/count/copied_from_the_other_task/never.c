// The circular wait is broken: there is an order, scanner before printer, and both keep to it.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCANNER, PRINTER, DEVICES };

static const char* const kName[DEVICES] = {"scanner", "printer"};
static int set = -1;

static void change(int device, int by) {
  struct sembuf operation = {device, by, 0};
  while (semop(set, &operation, 1) == -1) {
    if (errno == EINTR) continue;
    perror("semop");
    _exit(1);
  }
}

static void take(char who, int device) {
  change(device, -1);
  printf("%c has the %s\n", who, kName[device]);
  fflush(stdout);
}

static void give_back(char who, int device) {
  printf("%c gives back the %s\n", who, kName[device]);
  fflush(stdout);
  change(device, 1);
}

static void work(char who, int copies) {
  for (int i = 0; i < copies; i++) {
    take(who, SCANNER);
    take(who, PRINTER);
    printf("%c makes a copy\n", who);
    fflush(stdout);
    give_back(who, PRINTER);
    give_back(who, SCANNER);
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
