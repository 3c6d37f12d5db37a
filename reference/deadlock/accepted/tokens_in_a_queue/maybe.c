// Unusual, but right: no semaphore. A device is a message in a System V queue, its type says which one; to take the device is to
// receive the message. The queue is erased by whoever started the two.
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SCANNER = 1, PRINTER };

struct token {
  long mtype;
  char mtext[1];
};

static int queue;

static void put(long device) {
  struct token token = {device, {0}};
  if (msgsnd(queue, &token, sizeof token.mtext, 0) == -1) _exit(1);
}

static void get(long device) {
  struct token token;
  if (msgrcv(queue, &token, sizeof token.mtext, device, 0) == -1) _exit(1);
}

static const char* name(long device) { return device == SCANNER ? "scanner" : "printer"; }

static void copy(char who, long one, long other) {
  get(one);
  printf("%c has the %s\n", who, name(one));
  fflush(stdout);
  get(other);
  printf("%c has the %s\n%c makes a copy\n", who, name(other), who);
  printf("%c gives back the %s\n%c gives back the %s\n", who, name(one), who, name(other));
  fflush(stdout);
  put(one);
  put(other);
}

int main(void) {
  queue = msgget(IPC_PRIVATE, 0600);
  if (queue == -1) return 1;
  put(SCANNER);
  put(PRINTER);
  for (int i = 0; i < 2; i++) {
    if (fork() != 0) continue;
    if (i == 0) copy('A', SCANNER, PRINTER);
    if (i == 1) copy('B', PRINTER, SCANNER);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}
