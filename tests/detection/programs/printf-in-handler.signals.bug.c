// The handler calls printf: when it comes while the program is inside printf, the line in the buffer is written twice.
// shows: exit 1
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(int number) {
  (void)number;
  printf("signal\n");
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
