// A child writes a number and stops itself; the parent, who has waited for that, reads it, answers, and lets it go on.
// prints: 3 4
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int *table = mmap(NULL, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (table == MAP_FAILED) exit(2);
  const pid_t child = fork();
  if (child == 0) {
    table[0] = 3;
    raise(SIGSTOP);
    _exit(table[1]);
  }
  int status;
  if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)) exit(2);
  const int first = table[0];
  table[1] = 4;
  kill(child, SIGCONT);
  if (waitpid(child, &status, 0) != child) exit(2);
  printf("%d %d\n", first, WEXITSTATUS(status));
  return 0;
}
