// maybe: A and B each make one copy, for which each needs the scanner and the printer.
//
// This compiles and ends, but it cannot deadlock yet: nobody waits for anything, and both use both devices at once.
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

// The numbers of the two semaphores in the set, in this order: the reports call them scanner and printer.
enum { SCANNER, PRINTER };

static const char* const name[] = {"scanner", "printer"};
static int set = -1;

// P is change(device, -1), V is change(device, 1).
static void change(int device, int by) {
  struct sembuf operation = {device, by, 0};
  if (semop(set, &operation, 1) == -1) {
    perror("semop");
    exit(1);
  }
}

static void take(char who, int device) {
  // Here it should wait until the device is free.
  printf("%c has the %s\n", who, name[device]);
  fflush(stdout);
}

static void give_back(char who, int device) {
  printf("%c gives back the %s\n", who, name[device]);
  fflush(stdout);
  // Here the device becomes free again.
}

static void copy(char who) {
  take(who, SCANNER);
  take(who, PRINTER);
  printf("%c makes a copy\n", who);
  fflush(stdout);
  give_back(who, PRINTER);
  give_back(who, SCANNER);
}

int main(void) {
  set = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
  if (set == -1) {
    perror("semget");
    return 1;
  }
  // On Linux both semaphores are 0 now: no device is free.
  (void)change;

  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      copy("AB"[i]);
      return 0;
    }
  }
  wait(NULL);
  wait(NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
