// One case per argument; ROBUST (0 or 1, put in front) says which of the rare things it is written for: short reads and
// writes, handlers between load and store, calls that a handler interrupts.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char text[] = "a text of more than a few bytes, in one piece";

static void put(int fd, const char* from, size_t size) {
  while (size > 0) {
    const ssize_t put = write(fd, from, size);
    if (put < 0) exit(1);
    if (!ROBUST) return;
    from += put;
    size -= (size_t)put;
  }
}

static size_t get(int fd, char* to, size_t size) {
  size_t done = 0;
  ssize_t got;
  while (done < size && (got = read(fd, to + done, size - done)) > 0) {
    done += (size_t)got;
    if (!ROBUST) break;
  }
  return done;
}

static void bytes(void) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) exit(1);
  if (fork() == 0) {
    close(ends[0]);
    put(ends[1], text, sizeof text);
    exit(0);
  }
  close(ends[1]);
  char seen[sizeof text] = "";
  const size_t size = get(ends[0], seen, sizeof seen);
  puts(size == sizeof text && memcmp(seen, text, size) == 0 ? "all of it" : "a part");
  wait(NULL);
}

static volatile int counter, by_handler;
static void count(int number) {
  (void)number;
  counter = counter + 1;
  by_handler = by_handler + 1;
}
static void handle(void) {
  struct sigaction action = {.sa_handler = count};
  if (sigaction(SIGUSR1, &action, NULL) != 0) exit(1);
}

static void counts(void) {
  sigset_t usr1, before;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  handle();
  for (int i = 0; i < 10; i++) {
    if (ROBUST) sigprocmask(SIG_BLOCK, &usr1, &before);
    counter = counter + 1;
    if (ROBUST) sigprocmask(SIG_SETMASK, &before, NULL);
  }
  sigprocmask(SIG_BLOCK, &usr1, NULL);
  printf("%d counted\n", counter - by_handler);
}

static void reads(void) {
  int ends[2];
  if (pipe(ends) != 0) exit(1);
  if (fork() == 0) {
    put(ends[1], "x", 1);
    exit(0);
  }
  handle();
  char byte;
  ssize_t got;
  while ((got = read(ends[0], &byte, 1)) < 0 && ROBUST && errno == EINTR) continue;
  puts(got == 1 ? "one byte" : "nothing");
  while (wait(NULL) < 0 && errno == EINTR) continue;
}

int main(int count, char** values) {
  if (count != 2) return 2;
  if (strcmp(values[1], "bytes") == 0) bytes();
  if (strcmp(values[1], "counts") == 0) counts();
  if (strcmp(values[1], "reads") == 0) reads();
  return 0;
}
