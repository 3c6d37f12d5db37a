// The parent reads until the end of the pipe but keeps its own writing end open, so the end never comes.
// shows: deadlock
// deadlock: write-end-open
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int ends[2];
  if (pipe(ends) == -1) exit(2);
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) {
    close(ends[0]);
    _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
  }
  int count = 0;
  for (char byte; read(ends[0], &byte, 1) == 1;) count++;
  wait(NULL);
  printf("read %d\n", count);
  return count == 1 ? 0 : 1;
}
