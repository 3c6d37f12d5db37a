// Waits for one of the two others only: whoever comes second lets the first go.
//
// fails: first
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
  long type;
  char text[1];
};

static void barrier(int queue, int who, int round) {
  struct message m = {0, {0}};
  for (int other = 1; other <= 3; other++) {
    m.type = round * 10 + other;
    if (other != who) msgsnd(queue, &m, sizeof m.text, 0);
  }
  for (int i = 0; i < 1; i++) msgrcv(queue, &m, sizeof m.text, round * 10 + who, 0);
}

int main(void) {
  int queue = msgget(IPC_PRIVATE, 0600);
  for (int who = 1; who <= 3; who++) {
    if (fork() == 0) {
      for (int round = 1; round <= 2; round++) {
        printf("worker %d arrives at %d\n", who, round);
        fflush(stdout);
        barrier(queue, who, round);
        printf("worker %d leaves %d\n", who, round);
        fflush(stdout);
      }
      return 0;
    }
  }
  while (wait(NULL) > 0) continue;
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}
