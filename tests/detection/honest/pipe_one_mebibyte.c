// A child writes one mebibyte into a pipe; the parent reads it in pieces and compares every byte.
// prints: 1048576 bytes
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kBytes = 1 << 20, kPiece = 1 << 16 };

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

static char expected(size_t at) { return (char)((at * 31 + at / 4096) & 0x7f); }

static void write_all(int out) {
  char* text = malloc(kBytes);
  CHECK(text != NULL);
  for (size_t at = 0; at < kBytes; ++at) text[at] = expected(at);
  size_t done = 0;
  while (done < kBytes) {
    const ssize_t written = TEMP_FAILURE_RETRY(write(out, text + done, kBytes - done));
    CHECK(written > 0);
    done += (size_t)written;
  }
  free(text);
}

static size_t read_all(int in) {
  char* piece = malloc(kPiece);
  CHECK(piece != NULL);
  size_t done = 0;
  for (;;) {
    const ssize_t got = TEMP_FAILURE_RETRY(read(in, piece, kPiece));
    CHECK(got >= 0);
    if (got == 0) break;
    int differs = 0;
    for (size_t i = 0; i < (size_t)got; ++i) differs |= piece[i] != expected(done + i);
    CHECK(!differs);
    done += (size_t)got;
  }
  free(piece);
  return done;
}

int main(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    close(ends[0]);
    write_all(ends[1]);
    _exit(0);
  }
  close(ends[1]);
  const size_t done = read_all(ends[0]);
  expect_success(child);
  printf("%zu bytes\n", done);
  return 0;
}
