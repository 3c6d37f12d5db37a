// The child ends by `_exit`, which leaves its copy of the buffer alone; a line that has ended is in no buffer; and what a
// second child has in its buffer is written before.
// prints: begin
// prints: sum: 42
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int ends[2], number = 0;
  if (pipe(ends) == -1) exit(2);
  puts("begin");
  printf("sum: ");
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) {
    number = 42;
    if (write(ends[1], &number, sizeof number) != sizeof number) _exit(2);
    _exit(0);
  }
  if (read(ends[0], &number, sizeof number) != sizeof number) exit(2);
  fflush(stdout);
  if (fork() == 0) exit(0);
  while (wait(NULL) > 0) continue;
  printf("%d\n", number);
  return 0;
}
