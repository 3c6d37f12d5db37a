// The beginning of a line is still in the buffer of standard output when the parent forks; the child ends by `exit`, which
// writes its copy.
// finds: output-doubled-by-fork
// evidence: forks with it in the buffer pid_t child = fork();
// prints: sum: sum: 42
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int ends[2], number = 0;
  if (pipe(ends) == -1) exit(2);
  printf("sum: ");
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) {
    number = 42;
    if (write(ends[1], &number, sizeof number) != sizeof number) _exit(2);
    exit(0);
  }
  if (read(ends[0], &number, sizeof number) != sizeof number) exit(2);
  while (wait(NULL) > 0) continue;
  printf("%d\n", number);
  return 0;
}
