// `maybe` never erases its set of semaphores, not even when it has come to its end.
// A plain run looks right; ipcs shows what is left.
//
// fails: clears-up
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

static void copy_once(char who, int first, int second) {
  take(who, first);
  take(who, second);
  printf("%c makes a copy\n", who);
  fflush(stdout);
  give_back(who, second);
  give_back(who, first);
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

int main(void) {
  create();
  if (start() == 0) {
    copy_once('A', SCANNER, PRINTER);
    return 0;
  }
  if (start() == 0) {
    copy_once('B', PRINTER, SCANNER);
    return 0;
  }
  wait(NULL);
  wait(NULL);
  return 0;
}
