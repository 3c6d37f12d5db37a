// Two children count in a file under flock, fcntl and lockf; before that, what the non-blocking forms answer to a
// child while its parent holds the locks.
// prints: 6 6 6
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kKinds = 3, kRounds = 3 };  // flock, fcntl, lockf

static const char* const path = "honest_locked_file";

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

static struct flock region(short type, off_t at) {
  return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = sizeof(int)};
}

static void lock(int kind, int file, int take) {
  if (kind == 0) CHECK(TEMP_FAILURE_RETRY(flock(file, take ? LOCK_EX : LOCK_UN)) == 0);
  if (kind == 1) {
    struct flock where = region(take ? F_WRLCK : F_UNLCK, sizeof(int));
    CHECK(TEMP_FAILURE_RETRY(fcntl(file, F_SETLKW, &where)) == 0);
  }
  if (kind == 2) {
    CHECK(lseek(file, 2 * sizeof(int), SEEK_SET) >= 0);
    CHECK(TEMP_FAILURE_RETRY(lockf(file, take ? F_LOCK : F_ULOCK, sizeof(int))) == 0);
  }
}

static void count(void) {
  const int file = open(path, O_RDWR);
  CHECK(file >= 0);
  for (int round = 0; round < kRounds; ++round) {
    for (int kind = 0; kind < kKinds; ++kind) {
      const off_t at = kind * (off_t)sizeof(int);
      int value = 0;
      lock(kind, file, 1);
      CHECK(pread(file, &value, sizeof value, at) == sizeof value);
      ++value;
      CHECK(pwrite(file, &value, sizeof value, at) == sizeof value);
      lock(kind, file, 0);
    }
  }
}

static void held_by(pid_t parent) {
  const int file = open(path, O_RDWR);
  CHECK(file >= 0);
  CHECK(flock(file, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK);
  CHECK(flock(file, LOCK_SH | LOCK_NB) == -1 && errno == EWOULDBLOCK);
  struct flock where = region(F_WRLCK, sizeof(int));
  CHECK(fcntl(file, F_SETLK, &where) == -1 && (errno == EAGAIN || errno == EACCES));
  CHECK(fcntl(file, F_GETLK, &where) == 0 && where.l_type == F_WRLCK && where.l_pid == parent);
  where = region(F_RDLCK, 0);
  CHECK(fcntl(file, F_SETLK, &where) == 0);
  CHECK(lseek(file, 2 * sizeof(int), SEEK_SET) >= 0);
  CHECK(lockf(file, F_TLOCK, sizeof(int)) == -1 && (errno == EAGAIN || errno == EACCES));
  CHECK(lockf(file, F_TEST, sizeof(int)) == -1);
}

static pid_t start(void (*body)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    body();
    _exit(0);
  }
  return child;
}

int main(void) {
  const int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  int values[kKinds] = {0, 0, 0};
  CHECK(file >= 0 && write(file, values, sizeof values) == sizeof values);
  for (int kind = 0; kind < kKinds; ++kind) lock(kind, file, 1);
  const pid_t parent = getpid();
  const pid_t witness = fork();
  CHECK(witness >= 0);
  if (witness == 0) {
    held_by(parent);
    _exit(0);
  }
  expect_success(witness);

  const pid_t children[2] = {start(count), start(count)};
  for (int kind = 0; kind < kKinds; ++kind) lock(kind, file, 0);
  for (int i = 0; i < 2; ++i) expect_success(children[i]);
  CHECK(pread(file, values, sizeof values, 0) == sizeof values);
  printf("%d %d %d\n", values[0], values[1], values[2]);
  CHECK(unlink(path) == 0);
  return 0;
}
