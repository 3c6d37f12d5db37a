// Three processes that do not wait for each other yet.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  for (int who = 1; who <= 3; who++) {
    if (fork() == 0) {
      for (int round = 1; round <= 2; round++) {
        printf("worker %d arrives at %d\n", who, round);
        fflush(stdout);
        // TODO: wait until all three are here
        printf("worker %d leaves %d\n", who, round);
        fflush(stdout);
      }
      return 0;
    }
  }
  while (wait(NULL) > 0) continue;
  return 0;
}
