// A pipe filled until EAGAIN and emptied by a child that polls it until its end; writing without a reader ends in
// EPIPE where SIGPIPE is ignored, and kills where it is not.
// prints: full, emptied
// prints: EPIPE
// prints: killed by SIGPIPE
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

static int read_until_end(int in) {
  char piece[4096];
  int total = 0;
  for (;;) {
    const ssize_t got = read(in, piece, sizeof piece);
    if (got == 0) return total;
    if (got > 0) total += (int)got;
    if (got < 0) {
      CHECK(errno == EAGAIN || errno == EINTR);
      usleep(500);
    }
  }
}

static int fill(int out) {
  char piece[4096];
  memset(piece, 'x', sizeof piece);
  int total = 0;
  ssize_t written;
  while ((written = TEMP_FAILURE_RETRY(write(out, piece, sizeof piece))) > 0) total += (int)written;
  CHECK(written == -1 && errno == EAGAIN && total > 0);
  return total;
}

static void fill_and_empty(void) {
  int ends[2], answer[2];
  CHECK(pipe2(ends, O_NONBLOCK) == 0 && pipe(answer) == 0);
  char byte;
  CHECK(read(ends[0], &byte, 1) == -1 && errno == EAGAIN);
  const int filled = fill(ends[1]);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    close(ends[1]);
    const int total = read_until_end(ends[0]);
    CHECK(write(answer[1], &total, sizeof total) == sizeof total);
    _exit(0);
  }
  close(ends[0]);
  close(ends[1]);
  close(answer[1]);
  int total = 0;
  CHECK(TEMP_FAILURE_RETRY(read(answer[0], &total, sizeof total)) == sizeof total && total == filled);
  CHECK(TEMP_FAILURE_RETRY(read(answer[0], &byte, 1)) == 0);
  close(answer[0]);
  expect_success(child);
}

static void write_without_reader(void) {
  int ends[2];
  CHECK(pipe(ends) == 0 && close(ends[0]) == 0);
  CHECK(write(ends[1], "x", 1) == -1 && errno == EPIPE);
  close(ends[1]);
}

int main(void) {
  fill_and_empty();
  printf("full, emptied\n");
  CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
  write_without_reader();
  printf("EPIPE\n");
  fflush(stdout);

  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    write_without_reader();
    _exit(0);
  }
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
  printf("killed by SIGPIPE\n");
  return 0;
}
