// The parent waits for one of its two children only. What it prints is right all the same, but the other one still works.
// finds: orphan
// evidence: pid_t child = fork();
// prints: started 2
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* done = mmap(NULL, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (done == MAP_FAILED) exit(2);
  for (int i = 0; i < 2; i++) {
    pid_t child = fork();
    if (child == -1) exit(2);
    if (child > 0) continue;
    done[i] = 1;
    _exit(0);
  }
  printf("started 2\n");
  wait(NULL);
  return 0;
}
