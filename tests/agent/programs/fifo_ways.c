// How the two sides of FIFOs meet in open(), one case per argument; see pipe_ways.c.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s\n", __LINE__, #what), _exit(1)))

static char there[40], back[40];

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

// The writer is gone before the reader may have come back from open(): its byte and the end are not.
static void write_and_leave(void) {
  const int out = open(there, O_WRONLY);
  CHECK(out >= 0 && (fcntl(out, F_GETFL) & O_NONBLOCK) == 0 && write(out, "x", 1) == 1 && close(out) == 0);
}
static void in_order(void) {
  const pid_t child = start(write_and_leave);
  const int in = open(there, O_RDONLY);
  char byte = 0;
  CHECK(in >= 0 && (fcntl(in, F_GETFL) & O_NONBLOCK) == 0);
  CHECK(read(in, &byte, 1) == 1 && byte == 'x' && read(in, &byte, 1) == 0);
  expect_success(child);
}

static void answer(void) {
  const int in = open(there, O_RDONLY), out = open(back, O_WRONLY);
  char byte = 0;
  CHECK(in >= 0 && out >= 0 && read(in, &byte, 1) == 1 && write(out, &byte, 1) == 1);
}
static void both_ways(void) {
  const pid_t child = start(answer);
  const int out = open(there, O_WRONLY), in = open(back, O_RDONLY);
  char byte = 0;
  CHECK(in >= 0 && out >= 0 && write(out, "y", 1) == 1 && read(in, &byte, 1) == 1 && byte == 'y');
  expect_success(child);
}

static void by_stdio_child(void) {
  FILE* out = fopen(there, "w");
  CHECK(out && fprintf(out, "%d\n", 42) == 3 && fclose(out) == 0);
}
static void by_stdio(void) {
  const pid_t child = start(by_stdio_child);
  FILE* in = fopen(there, "r");
  int number = 0;
  CHECK(in && fscanf(in, "%d", &number) == 1 && number == 42 && fgetc(in) == '\n' && fgetc(in) == EOF);
  expect_success(child);
}

static void made_later_child(void) { CHECK(mkfifo(there, 0600) == 0); }
static void made_later(void) {
  CHECK(unlink(there) == 0);
  const pid_t child = start(made_later_child);
  const int both = open(there, O_RDWR);  // never waits
  CHECK(both >= 0 ? write(both, "x", 1) == 1 : errno == ENOENT);
  expect_success(child);
}

static void two_writers(void) {
  const pid_t children[2] = {start(write_and_leave), start(write_and_leave)};
  const int in = open(there, O_RDONLY);
  CHECK(in >= 0);
  // An end, while the other has not opened yet, is none for good.
  for (int got = 0; got < 2;) {
    char byte;
    if (read(in, &byte, 1) == 1)
      ++got;
    else
      usleep(1000);
  }
  expect_success(children[0]), expect_success(children[1]);
}

static void handle(int number) { (void)number; }
static void wait_interrupted(void) {
  const struct sigaction action = {.sa_handler = handle};
  sigaction(SIGUSR1, &action, NULL);
  const int ready = open(back, O_WRONLY);
  close(ready);
  CHECK(open(there, O_WRONLY) == -1 && errno == EINTR);
}
static void interrupted(void) {
  const pid_t child = start(wait_interrupted);
  char byte;
  const int in = open(back, O_RDONLY);
  CHECK(read(in, &byte, 1) == 0);
  while (waitpid(child, NULL, WNOHANG) == 0) kill(child, SIGUSR1), usleep(1000);
}

static void cross(void) {
  open(back, O_RDONLY);
  open(there, O_WRONLY);
}
static void stuck_crosswise(void) {
  start(cross);
  open(there, O_RDONLY);
  open(back, O_WRONLY);
}
static void stuck_alone(void) { open(there, O_WRONLY); }

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"in_order", in_order},       {"both_ways", both_ways},     {"by_stdio", by_stdio},
               {"made_later", made_later},   {"interrupted", interrupted}, {"two_writers", two_writers},
               {"stuck_crosswise", stuck_crosswise}, {"stuck_alone", stuck_alone}};
  CHECK(count == 3 && chdir(values[2]) == 0);
  strcpy(there, "there"), strcpy(back, "back");
  unlink(there), unlink(back);
  CHECK(mkfifo(there, 0600) == 0 && mkfifo(back, 0600) == 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) == 0) return cases[i].body(), 0;
  }
  return 2;
}
