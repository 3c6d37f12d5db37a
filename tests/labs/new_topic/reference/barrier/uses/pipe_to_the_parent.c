// A barrier over pipes, where a queue is asked for.
//
// fails: queue
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int here[2], go[4][2];
  char token = 0;
  pipe(here);
  for (int who = 1; who <= 3; who++) pipe(go[who]);
  for (int who = 1; who <= 3; who++) {
    if (fork() == 0) {
      for (int round = 1; round <= 2; round++) {
        printf("worker %d arrives at %d\n", who, round);
        fflush(stdout);
        write(here[1], &token, 1);
        read(go[who][0], &token, 1);
        printf("worker %d leaves %d\n", who, round);
        fflush(stdout);
      }
      return 0;
    }
  }
  for (int round = 1; round <= 2; round++) {
    for (int i = 0; i < 3; i++) read(here[0], &token, 1);
    for (int who = 1; who <= 3; who++) write(go[who][1], &token, 1);
  }
  while (wait(NULL) > 0) continue;
  return 0;
}
