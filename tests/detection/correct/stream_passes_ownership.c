// A buffer in shared memory goes to and fro between two processes: who has read the byte may use it. Through a pair of
// pipes, a pair of sockets, and a pair of FIFOs.
// prints: 9
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int* counter;

static void pass(int fd) {
  if (write(fd, "x", 1) != 1) exit(1);
}
static void take(int fd) {
  char byte;
  if (read(fd, &byte, 1) != 1) exit(1);
}

static void play(int in, int out, int begins) {
  if (begins) pass(out);
  for (int i = 0; i < 3; i++) {
    take(in);
    if (!begins) *counter += 1;
    if (i < 2 || !begins) pass(out);
  }
}

static void finish(void) {
  for (int status; wait(&status) > 0;)
    if (status != 0) exit(1);
}

static void by_pipes(void) {
  int to[2], from[2];
  if (pipe(to) != 0 || pipe(from) != 0) exit(1);
  if (fork() == 0) play(to[0], from[1], 0), _exit(0);
  play(from[0], to[1], 1);
  finish();
}

static void by_sockets(void) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) exit(1);
  if (fork() == 0) play(pair[0], pair[0], 0), _exit(0);
  play(pair[1], pair[1], 1);
  finish();
}

static void by_fifos(void) {
  char to[40], from[40];
  snprintf(to, sizeof to, "correct_to_%d", (int)getpid());
  snprintf(from, sizeof from, "correct_from_%d", (int)getpid());
  if (mkfifo(to, 0600) != 0 || mkfifo(from, 0600) != 0) exit(1);
  if (fork() == 0) {
    const int in = open(to, O_RDONLY), out = open(from, O_WRONLY);
    play(in, out, 0);
    _exit(0);
  }
  const int out = open(to, O_WRONLY), in = open(from, O_RDONLY);
  play(in, out, 1);
  finish();
  unlink(to);
  unlink(from);
}

int main(void) {
  counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  by_pipes();
  by_sockets();
  by_fifos();
  printf("%d\n", *counter);
  return 0;
}
