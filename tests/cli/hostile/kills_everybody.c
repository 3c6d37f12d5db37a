#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  kill(-1, SIGKILL);
  kill(1, SIGKILL);
  kill(getppid(), SIGKILL);
  printf("still here\n");
  return 0;
}
