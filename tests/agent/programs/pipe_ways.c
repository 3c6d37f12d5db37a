// What reading and writing pipes does, one case per argument. Ends with 0 when all was as it must be; the cases whose
// names begin with "stuck" never end.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s\n", __LINE__, #what), _exit(1)))

enum { kMebibyte = 1 << 20, kCapacity = 1 << 16 };
static char bytes[kMebibyte];
static int ends[2], back[2];

static pid_t start(void (*body)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) body(), _exit(0);
  return child;
}

static void expect(pid_t child, int exit_code, int signal) {
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(signal ? WIFSIGNALED(status) && WTERMSIG(status) == signal : status == exit_code << 8);
}

static size_t read_until_end(int in, size_t piece) {
  static char text[kCapacity];
  size_t total = 0;
  ssize_t got;
  while ((got = read(in, text, piece)) > 0) total += (size_t)got;
  CHECK(got == 0);
  return total;
}

static void write_one(void) { CHECK(write(ends[1], "x", 1) == 1); }
static void empty_then_end(void) {
  const pid_t child = start(write_one);
  char byte = 0;
  close(ends[1]);
  CHECK(read(ends[0], &byte, 1) == 1 && byte == 'x' && read(ends[0], &byte, 1) == 0);
  expect(child, 0, 0);
}

static void write_mebibyte(void) {
  close(ends[0]);
  CHECK(write(ends[1], bytes, kMebibyte) == kMebibyte);
}
static void read_all(void) {
  close(ends[1]);
  const size_t got = read_until_end(ends[0], 50000);
  CHECK(write(back[1], &got, sizeof got) == sizeof got);
}
static void mebibyte(void) {
  const pid_t writers[2] = {start(write_mebibyte), start(write_mebibyte)};
  const pid_t readers[2] = {start(read_all), start(read_all)};
  close(ends[0]), close(ends[1]);
  size_t one, other;
  CHECK(read(back[0], &one, sizeof one) == sizeof one && read(back[0], &other, sizeof other) == sizeof other);
  CHECK(one + other == 2 * kMebibyte);
  for (int i = 0; i < 2; i++) expect(writers[i], 0, 0), expect(readers[i], 0, 0);
}

// Byte after byte a pipe takes all it holds, though poll() calls it full before.
static void byte_by_byte(void) {
  const int capacity = fcntl(ends[1], F_SETPIPE_SZ, 2 * PIPE_BUF);
  CHECK(capacity == 2 * PIPE_BUF);
  for (int i = 0; i < capacity; i++) CHECK(write(ends[1], "x", 1) == 1);
  close(ends[1]);
  CHECK(read_until_end(ends[0], kCapacity) == (size_t)capacity);
}

// At most PIPE_BUF bytes are not torn apart, though the pipe is full most of the time.
static void write_records(void) {
  char record[PIPE_BUF];
  close(ends[0]);
  memset(record, 'a' + getpid() % 26, sizeof record);
  for (int i = 0; i < 20; i++) {
    struct iovec parts[2] = {{record, 1000}, {record, PIPE_BUF - 1000}};
    CHECK(writev(ends[1], parts, 2) == PIPE_BUF);
  }
}
static void atomic(void) {
  const pid_t writers[2] = {start(write_records), start(write_records)};
  close(ends[1]);
  char record[PIPE_BUF];
  for (int i = 0; i < 40; i++) {
    for (size_t got = 0; got < sizeof record;) {
      const ssize_t more = read(ends[0], record + got, sizeof record - got);
      CHECK(more > 0);
      got += (size_t)more;
    }
    for (size_t k = 1; k < sizeof record; k++) CHECK(record[k] == record[0]);
  }
  expect(writers[0], 0, 0), expect(writers[1], 0, 0);
}

static void write_parts(void) {
  struct iovec parts[40];
  close(ends[0]);
  for (int i = 0; i < 40; i++) parts[i] = (struct iovec){bytes + i * 5000, 5000};
  CHECK(writev(ends[1], parts, 40) == 200000);
}
static void parts(void) {
  for (int i = 0; i < kMebibyte; i++) bytes[i] = (char)(i % 251);
  const pid_t child = start(write_parts);
  close(ends[1]);
  static char all[200001];
  size_t total = 0;
  ssize_t got;
  while ((got = read(ends[0], all + total, sizeof all - total)) > 0) total += (size_t)got;
  CHECK(total == 200000 && memcmp(all, bytes, total) == 0);
  expect(child, 0, 0);
}

static void write_broken(void) {
  close(ends[0]);
  write(ends[1], bytes, kMebibyte);
}
static void killed_by_sigpipe(void) {
  const pid_t child = start(write_broken);
  char byte;
  CHECK(read(ends[0], &byte, 1) == 1);
  close(ends[0]);
  expect(child, 0, SIGPIPE);
}

static void write_ignoring(void) {
  signal(SIGPIPE, SIG_IGN);
  close(ends[0]);
  const ssize_t written = write(ends[1], bytes, kMebibyte);
  CHECK((written == -1 && errno == EPIPE) || (written > 0 && written < kMebibyte));
  CHECK(write(ends[1], "x", 1) == -1 && errno == EPIPE);
}
static void broken(void) {
  const pid_t child = start(write_ignoring);
  close(ends[0]);
  expect(child, 0, 0);
}

static void handle(int number) { (void)number; }
static void write_interrupted(void) {
  const struct sigaction action = {.sa_handler = handle};
  sigaction(SIGUSR1, &action, NULL);
  write_one();
  const ssize_t written = write(back[1], bytes, kMebibyte);
  CHECK(written == kCapacity || (written == -1 && errno == EINTR) || written == kMebibyte);
}
static void interrupted(void) {
  const pid_t child = start(write_interrupted);
  char byte;
  CHECK(read(ends[0], &byte, 1) == 1);
  kill(child, SIGUSR1);
  close(back[1]);
  read_until_end(back[0], kCapacity);
  expect(child, 0, 0);
}

static void send_file(void) {
  close(ends[0]);
  const int file = memfd_create("file", 0);
  CHECK(write(file, bytes, 300000) == 300000);
  off_t at = 0;
  CHECK(sendfile(ends[1], file, &at, 300000) == 300000 && at == 300000);
}
static void from_file(void) {
  const pid_t child = start(send_file);
  close(ends[1]);
  CHECK(read_until_end(ends[0], kCapacity) == 300000);
  expect(child, 0, 0);
}

static void write_later(void) {
  usleep(1000);
  CHECK(write(ends[1], "x", 1) == 1);
}
static void spinning(void) {
  const pid_t child = start(write_later);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  char byte;
  while (read(ends[0], &byte, 1) != 1) CHECK(errno == EAGAIN);
  expect(child, 0, 0);
}

static void wrong_end(void) {
  char byte;
  CHECK(read(ends[1], &byte, 1) == -1 && errno == EBADF);
  CHECK(write(ends[0], "x", 1) == -1 && errno == EBADF);
  CHECK(read(ends[0], &byte, 0) == 0 && write(ends[1], &byte, 0) == 0);
  CHECK(read(77, &byte, 1) == -1 && errno == EBADF);
}

static long fill_by_number(void) { return syscall(SYS_write, ends[1], bytes, (size_t)kCapacity + 1); }
static void write_by_number(void) { CHECK(fill_by_number() == kCapacity + 1); }
static void by_number(void) {
  struct iovec part = {bytes, 1000};
  const pid_t child = start(write_by_number);
  const long copy = syscall(SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY);
  CHECK(copy >= 0 && syscall(SYS_close, copy) == 0 && syscall(SYS_close, copy) == -1 && errno == EBADF);
  CHECK(syscall(SYS_close, ends[1]) == 0);
  size_t total = 0;
  for (long got = 1; got > 0; total += (size_t)got)
    CHECK((got = total < 1000 ? syscall(SYS_readv, ends[0], &part, 1) : syscall(SYS_read, ends[0], bytes, 1000)) >= 0);
  CHECK(total == kCapacity + 1 && syscall(SYS_write, 77, "x", 1) == -1 && errno == EBADF);
  expect(child, 0, 0);
}
static void stuck_by_number(void) { fill_by_number(); }

static void fill_one(void) { write(ends[1], bytes, kCapacity + 1), read(back[0], bytes, 1); }
static void fill_other(void) { write(back[1], bytes, kCapacity + 1), read(ends[0], bytes, 1); }
static void stuck_both_full(void) {
  const pid_t children[2] = {start(fill_one), start(fill_other)};
  expect(children[0], 0, 0), expect(children[1], 0, 0);
}
static void stuck_end_kept_open(void) {
  expect(start(write_one), 0, 0);
  read_until_end(ends[0], 10);
}

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"empty_then_end", empty_then_end}, {"mebibyte", mebibyte}, {"byte_by_byte", byte_by_byte},
               {"atomic", atomic}, {"parts", parts}, {"killed_by_sigpipe", killed_by_sigpipe}, {"broken", broken},
               {"interrupted", interrupted}, {"from_file", from_file}, {"spinning", spinning},
               {"wrong_end", wrong_end}, {"stuck_both_full", stuck_both_full},
               {"stuck_end_kept_open", stuck_end_kept_open}, {"by_number", by_number},
               {"stuck_by_number", stuck_by_number}};
  CHECK(count == 2 && pipe(ends) == 0 && pipe(back) == 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) == 0) return cases[i].body(), 0;
  }
  return 2;
}
