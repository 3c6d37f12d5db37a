// Becomes itself by exec as often as its argument says, in a new way each time, and prints the way.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char** environ;

int main(int count, char** arguments) {
  int left = count > 1 ? atoi(arguments[1]) : 0;
  char next[20];
  snprintf(next, sizeof next, "%d", left - 1);
  char* list[] = {arguments[0], next, NULL};
  printf("%d\n", left);
  switch (left) {
    case 0:
      return 0;
    case 1:
      execv(arguments[0], list);
      break;
    case 2:
      execve(arguments[0], list, environ);
      break;
    case 3:
      execvp(arguments[0], list);
      break;
    case 4:
      execl(arguments[0], arguments[0], next, NULL);
      break;
    case 5:
      execlp(arguments[0], arguments[0], next, NULL);
      break;
    case 6:
      execle(arguments[0], arguments[0], next, NULL, environ);
      break;
    case 7:
      execvpe(arguments[0], list, environ);
      break;
  }
  return 1;
}
