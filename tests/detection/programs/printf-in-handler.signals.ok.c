// The handler calls write, which has no buffer: it may come at any time, also while the program is inside printf.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(int number) {
  (void)number;
  if (write(STDOUT_FILENO, "signal\n", strlen("signal\n")) == -1) _exit(2);
}

static int lines_written(void) {
  int lines = 0;
  FILE* file = fopen("lines", "r");
  if (file == NULL) exit(2);
  for (int c; (c = getc(file)) != EOF;) lines += c == '\n';
  fclose(file);
  return lines;
}

int main(void) {
  struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  if (freopen("lines", "w", stdout) == NULL) exit(2);
  setvbuf(stdout, NULL, _IOLBF, 0);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) _exit(kill(parent, SIGUSR1) == 0 ? 0 : 1);
  printf("one\n");
  printf("two\n");
  waitpid(child, NULL, 0);
  return lines_written() == 3 ? 0 : 1;
}
