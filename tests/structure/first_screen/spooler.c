#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int *jobs = mmap(NULL, sizeof *jobs, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int child = 0; child < 2; child++)
    if (fork() == 0) return ++*jobs, ++*jobs, 0;
  while (wait(NULL) > 0) continue;
  printf("%d jobs\n", *jobs);
}
