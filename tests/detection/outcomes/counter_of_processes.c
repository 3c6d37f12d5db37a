// Two processes add 1 to one number, twice each, without a lock: from 2 to 4.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  volatile int* sum = mmap(NULL, sizeof *sum, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 2; child++) {
    if (fork() != 0) continue;
    *sum = *sum + 1;
    *sum = *sum + 1;
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *sum);
}
