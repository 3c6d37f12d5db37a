// One type for all, and for both rounds: a fast worker takes at the second barrier what was meant for a slow one at the
// first.
//
// fails: first
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kHere = 1, kGo = 10 };

struct message {
  long type;
  char text[1];
};

static int queue;

static void send_one(long type) {
  struct message m = {type, {0}};
  msgsnd(queue, &m, sizeof m.text, 0);
}

static void receive(long type) {
  struct message m;
  msgrcv(queue, &m, sizeof m.text, type, 0);
}

static void worker(int who) {
  for (int round = 1; round <= 2; round++) {
    printf("worker %d arrives at %d\n", who, round);
    fflush(stdout);
    send_one(kHere);
    receive(kGo);
    printf("worker %d leaves %d\n", who, round);
    fflush(stdout);
  }
}

int main(void) {
  queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  for (int who = 1; who <= 3; who++) {
    if (fork() == 0) {
      worker(who);
      return 0;
    }
  }
  for (int round = 1; round <= 2; round++) {
    for (int i = 0; i < 3; i++) receive(kHere);
    for (int who = 1; who <= 3; who++) send_one(kGo);
  }
  while (wait(NULL) > 0) continue;
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}
