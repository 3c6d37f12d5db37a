// For each number on standard input: as many times a process that forks two others and waits for their end, while we
// wait for its own. Answers "done". Keeps to one core, as the programs of a controlled execution do.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(0, &first);
  sched_setaffinity(0, sizeof first, &first);
  int trees = 0;
  while (scanf("%d", &trees) == 1) {
    for (; trees > 0; trees--) {
      if (fork() != 0) {
        wait(NULL);
        continue;
      }
      for (int child = 0; child < 2; child++) {
        if (fork() == 0) _exit(0);
      }
      while (wait(NULL) > 0) continue;
      _exit(0);
    }
    puts("done");
    fflush(stdout);
  }
  return 0;
}
