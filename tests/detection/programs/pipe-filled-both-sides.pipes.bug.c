// Both processes write more than a pipe holds before they read, so both stop in write. No order of steps avoids it.
// shows: deadlock
// deadlock: circular-wait
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kBytes = 70000 };

static int to_left[2];
static int to_right[2];

static void put(int descriptor) {
  static char bytes[kBytes];
  for (int done = 0; done < kBytes;) {
    ssize_t more = write(descriptor, bytes, (size_t)(kBytes - done));
    if (more <= 0) _exit(2);
    done += (int)more;
  }
}

static void get(int descriptor) {
  static char bytes[kBytes];
  for (int done = 0; done < kBytes;) {
    ssize_t more = read(descriptor, bytes, (size_t)(kBytes - done));
    if (more <= 0) _exit(2);
    done += (int)more;
  }
}

static void left(void) {
  put(to_right[1]);
  get(to_left[0]);
}

static void right(void) {
  put(to_left[1]);
  get(to_right[0]);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

int main(void) {
  if (pipe(to_left) == -1 || pipe(to_right) == -1) exit(2);
  start(left);
  start(right);
  int failed = 0;
  for (int status; wait(&status) > 0;) failed += status != 0;
  printf("failed %d\n", failed);
  return failed == 0 ? 0 : 1;
}
