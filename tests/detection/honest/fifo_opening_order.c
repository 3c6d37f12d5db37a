// Parent and child open two FIFOs in the same order, so that neither waits for the other in vain; before that, what
// non-blocking opening answers.
// prints: pong
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char* const there = "honest_fifo_there";
static const char* const back = "honest_fifo_back";

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static int open_fifo(const char* path, int flags) {
  const int opened = (int)TEMP_FAILURE_RETRY(open(path, flags));
  CHECK(opened >= 0);
  return opened;
}

static void open_without_waiting(void) {
  CHECK(open(there, O_WRONLY | O_NONBLOCK) == -1 && errno == ENXIO);
  const int reader = open_fifo(there, O_RDONLY | O_NONBLOCK);
  char byte;
  CHECK(read(reader, &byte, 1) == 0);
  const int writer = open_fifo(there, O_WRONLY | O_NONBLOCK);
  CHECK(read(reader, &byte, 1) == -1 && errno == EAGAIN);
  CHECK(write(writer, "x", 1) == 1 && read(reader, &byte, 1) == 1 && byte == 'x');
  close(writer);
  close(reader);
}

static void expect_text(int in, const char* text) {
  char got[8] = "";
  CHECK(TEMP_FAILURE_RETRY(read(in, got, 4)) == 4 && strcmp(got, text) == 0);
}

int main(void) {
  unlink(there);  // of an execution that was stopped
  unlink(back);
  CHECK(mkfifo(there, 0600) == 0 && mkfifo(back, 0600) == 0);
  open_without_waiting();
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    const int in = open_fifo(there, O_RDONLY);
    const int out = open_fifo(back, O_WRONLY);
    expect_text(in, "ping");
    CHECK(write(out, "pong", 4) == 4);
    _exit(0);
  }
  const int out = open_fifo(there, O_WRONLY);
  const int in = open_fifo(back, O_RDONLY);
  CHECK(write(out, "ping", 4) == 4);
  expect_text(in, "pong");
  char byte;
  CHECK(TEMP_FAILURE_RETRY(read(in, &byte, 1)) == 0);
  expect_success(child);
  printf("pong\n");
  CHECK(unlink(there) == 0 && unlink(back) == 0);
  return 0;
}
