#include <stdio.h>
#include <unistd.h>

int main(void) {
  printf("parent leaves\n");
  fflush(stdout);
  if (fork() == 0) {
    setsid();
    for (;;) pause();
  }
  return 0;
}
