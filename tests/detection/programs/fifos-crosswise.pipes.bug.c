// Both processes open the FIFO they read from first; each waits for the other to open its writing end. No order of
// steps avoids it.
// shows: deadlock
// deadlock: circular-wait
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char names[2][32];

static void talk(int in, int out) {
  char byte = 0;
  _exit(write(out, "x", 1) == 1 && read(in, &byte, 1) == 1 && byte == 'x' ? 0 : 1);
}

static void left(void) {
  int in = open(names[0], O_RDONLY);
  int out = open(names[1], O_WRONLY);
  talk(in, out);
}

static void right(void) {
  int in = open(names[1], O_RDONLY);
  int out = open(names[0], O_WRONLY);
  talk(in, out);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

int main(void) {
  for (int i = 0; i < 2; i++) {
    snprintf(names[i], sizeof names[i], "/tmp/detection.%d.%d", (int)getpid(), i);
    if (mkfifo(names[i], 0600) == -1) exit(2);
  }
  start(left);
  start(right);
  int failed = 0;
  for (int status; wait(&status) > 0;) failed += status != 0;
  for (int i = 0; i < 2; i++) unlink(names[i]);
  printf("failed %d\n", failed);
  return failed == 0 ? 0 : 1;
}
