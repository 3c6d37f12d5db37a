// Streams of stdio over pipes, and file locks, one case per argument; see pipe_ways.c.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s\n", __LINE__, #what), _exit(1)))

static int ends[2], file, other;

static pid_t start(void (*body)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) body(), _exit(0);
  return child;
}
static void expect_success(pid_t child) {
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static void print_lines(void) {
  close(ends[0]);
  FILE* out = fdopen(ends[1], "w");
  for (int i = 0; i < 20000; i++) CHECK(fprintf(out, "line %d\n", i) > 0);
  CHECK(fclose(out) == 0);
}
static void lines(void) {
  const pid_t child = start(print_lines);
  close(ends[1]);
  FILE* in = fdopen(ends[0], "r");
  char* line = NULL;
  size_t size = 0;
  int number = -1, count = 0;
  for (; getline(&line, &size, in) > 0; count++) CHECK(sscanf(line, "line %d", &number) == 1 && number == count);
  CHECK(count == 20000 && feof(in));
  expect_success(child);
}

static void print_some(void) {
  FILE* out = fdopen(ends[1], "w");
  sigset_t all;
  sigfillset(&all);  // what is caught inside libc must come through all the same
  sigprocmask(SIG_BLOCK, &all, NULL);
  for (int i = 1; i < 32; i++) signal(i, SIG_IGN);
  CHECK(fputc('a', out) == 'a' && fprintf(out, "12 %s", "word ") > 0 && fwrite("xyz", 1, 3, out) == 3);
  CHECK(fflush(out) == 0 && dprintf(ends[1], "%d", 5) == 1);
}
static void pieces(void) {
  const pid_t child = start(print_some);
  close(ends[1]);
  FILE* in = fdopen(ends[0], "r");
  char word[8] = "", rest[8] = "";
  int number = 0;
  CHECK(getc(in) == 'a' && fscanf(in, "%d %7s", &number, word) == 2 && number == 12 && strcmp(word, "word") == 0);
  CHECK(fread(rest, 1, 5, in) == 5 && strcmp(rest, " xyz5") == 0 && fgetc(in) == EOF);
  expect_success(child);
}

static void copy_lines(void) {
  char line[100];
  close(ends[1]);
  FILE* in = fdopen(ends[0], "r");
  for (int i = 0; i < 3; i++) CHECK(fgets(line, sizeof line, in) && line[0] == '0' + i);
  CHECK(!fgets(line, sizeof line, in));
}
static void texts(void) {
  const pid_t child = start(copy_lines);
  close(ends[0]);
  FILE* out = fdopen(ends[1], "w");
  setvbuf(out, NULL, _IOLBF, 0);
  for (int i = 0; i < 3; i++) CHECK(fputc('0' + i, out) != EOF && fputs(" line\n", out) >= 0);
  CHECK(fclose(out) == 0);
  expect_success(child);
}

static FILE* shared;
static void* read_half(void* unused) {
  for (int i = 0; i < 10; i++) CHECK(getc(shared) == 'x');
  return unused;
}
static void write_slowly(void) {
  for (int i = 0; i < 20; i++) CHECK(write(ends[1], "x", 1) == 1);
}
// One thread waits inside the stream, the other for the stream.
static void threads(void) {
  const pid_t child = start(write_slowly);
  pthread_t thread;
  shared = fdopen(ends[0], "r");
  setvbuf(shared, NULL, _IONBF, 0);
  CHECK(pthread_create(&thread, NULL, read_half, NULL) == 0);
  read_half(NULL);
  CHECK(pthread_join(thread, NULL) == 0);
  expect_success(child);
}

static void say_a(void) { fputs("a", stdout), fflush(stdout); }
static void say_b(void) { fputs("b", stdout), fflush(stdout); }
static void order(void) {
  const pid_t children[2] = {start(say_a), start(say_b)};
  expect_success(children[0]), expect_success(children[1]);
}

static void stuck_reading(void) {
  FILE* in = fdopen(ends[0], "r");
  getc(in);
}

// ---- locks ---------------------------------------------------------------------------------------------------------

static void lock(int kind, int fd, short type) {
  struct flock where = {.l_type = type, .l_whence = SEEK_SET, .l_len = 1};
  const int to_flock = type == F_WRLCK ? LOCK_EX : type == F_RDLCK ? LOCK_SH : LOCK_UN;
  if (kind == 0) CHECK(flock(fd, to_flock) == 0);
  if (kind == 1) CHECK(fcntl(fd, F_SETLKW, &where) == 0);
  if (kind == 2) CHECK(fcntl(fd, F_OFD_SETLKW, &where) == 0);
  if (kind == 3) CHECK(lockf(fd, type == F_UNLCK ? F_ULOCK : F_LOCK, 1) == 0);
}
static int locked_kind;
static void count_up(void) {
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  const int fd = open(path, O_RDWR);
  for (int i = 0; i < 3; i++) {
    int value = 0;
    lock(locked_kind, fd, F_WRLCK);
    pread(fd, &value, sizeof value, 8);
    ++value;
    CHECK(pwrite(fd, &value, sizeof value, 8) == sizeof value);
    lock(locked_kind, fd, F_UNLCK);
  }
}
static void locks(void) {
  for (locked_kind = 0; locked_kind < 4; locked_kind++) {
    int value = 0;
    CHECK(pwrite(file, &value, sizeof value, 8) == sizeof value);
    const pid_t children[2] = {start(count_up), start(count_up)};
    expect_success(children[0]), expect_success(children[1]);
    CHECK(pread(file, &value, sizeof value, 8) == sizeof value && value == 6);
  }
}

static void share(void) {
  char path[40], byte;
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  const int fd = open(path, O_RDWR);
  lock(0, fd, F_RDLCK);
  // Both have it, or this would wait for ever.
  CHECK(write(ends[1], "x", 1) == 1 && read(other, &byte, 1) == 1);
  lock(0, fd, F_WRLCK);
}
static void shared_and_changed(void) {
  int back[2];
  char byte;
  CHECK(pipe(back) == 0);
  other = back[0];
  const pid_t children[2] = {start(share), start(share)};
  CHECK(read(ends[0], &byte, 1) == 1 && read(ends[0], &byte, 1) == 1 && write(back[1], "xx", 2) == 2);
  expect_success(children[0]), expect_success(children[1]);
}

static void cross(int first, int second) {
  struct flock where = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = 1};
  CHECK(fcntl(file, F_SETLKW, &where) == 0);
  where.l_start = second;
  _exit(fcntl(file, F_SETLKW, &where) == 0 ? 0 : errno == EDEADLK ? 2 : 1);
}
static void cross_up(void) { cross(0, 1); }
static void cross_down(void) { cross(1, 0); }
// Nobody waits for ever: one of the two is told, if they meet.
static void cycle(void) {
  const pid_t children[2] = {start(cross_up), start(cross_down)};
  int told = 0;
  for (int i = 0, status; i < 2; i++) {
    CHECK(waitpid(children[i], &status, 0) > 0 && (status == 0 || status == 2 << 8));
    told += status != 0;
  }
  CHECK(told < 2);
  printf("told %d\n", told);
}

static void stuck_lock(void) {
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  lock(0, file, F_WRLCK);
  lock(0, open(path, O_RDWR), F_WRLCK);
}

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"lines", lines}, {"pieces", pieces}, {"texts", texts}, {"threads", threads}, {"order", order},
               {"stuck_reading", stuck_reading}, {"locks", locks}, {"shared_and_changed", shared_and_changed},
               {"cycle", cycle}, {"stuck_lock", stuck_lock}};
  file = memfd_create("file", 0);
  CHECK(count == 2 && pipe(ends) == 0 && file >= 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) == 0) return cases[i].body(), 0;
  }
  return 2;
}
