// The parent waits for all of its children.
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
  while (wait(NULL) > 0) continue;
  return 0;
}
