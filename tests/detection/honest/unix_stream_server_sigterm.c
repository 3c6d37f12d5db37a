// A server on a Unix stream socket answers two clients and loops for ever in pselect until its parent sends SIGTERM,
// which it can get nowhere else.
// prints: served 2
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char* const path = "honest_stream_socket";
static volatile sig_atomic_t stopped;

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

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static struct sockaddr_un address(void) {
  struct sockaddr_un result = {.sun_family = AF_UNIX};
  strcpy(result.sun_path, path);
  return result;
}

static size_t read_until_end(int in, char* text, size_t room) {
  size_t length = 0;
  ssize_t got;
  while ((got = TEMP_FAILURE_RETRY(read(in, text + length, room - length))) > 0) length += (size_t)got;
  CHECK(got == 0);
  return length;
}

static void answer(int listener) {
  const int connection = (int)TEMP_FAILURE_RETRY(accept(listener, NULL, NULL));
  CHECK(connection >= 0);
  char text[32];
  const size_t length = read_until_end(connection, text, sizeof text);
  for (size_t i = 0; i < length; ++i) text[i] = (char)toupper((unsigned char)text[i]);
  CHECK(write(connection, text, length) == (ssize_t)length && close(connection) == 0);
}

// SIGTERM has been blocked since before the fork: it is taken in pselect only.
static void serve(int listener) {
  sigset_t none;
  sigemptyset(&none);
  int served = 0;
  for (;;) {
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(listener, &ready);
    const int count = pselect(listener + 1, &ready, NULL, NULL, NULL, &none);
    if (count == 1) {
      answer(listener);
      ++served;
      continue;
    }
    CHECK(count == -1 && errno == EINTR);
    if (stopped) break;
  }
  printf("served %d\n", served);
  CHECK(fflush(stdout) == 0);
}

static void ask(void) {
  const int connection = socket(AF_UNIX, SOCK_STREAM, 0);
  const struct sockaddr_un server = address();
  CHECK(connection >= 0 && connect(connection, (const struct sockaddr*)&server, sizeof server) == 0);
  CHECK(write(connection, "hel", 3) == 3 && write(connection, "lo", 2) == 2 && shutdown(connection, SHUT_WR) == 0);
  char text[32];
  CHECK(read_until_end(connection, text, sizeof text) == 5 && memcmp(text, "HELLO", 5) == 0);
  CHECK(close(connection) == 0);
}

int main(void) {
  struct sigaction action = {.sa_handler = stop};
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  CHECK(sigaction(SIGTERM, &action, NULL) == 0 && sigprocmask(SIG_BLOCK, &term, NULL) == 0);
  unlink(path);  // of an execution that was stopped
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  const struct sockaddr_un here = address();
  CHECK(listener >= 0 && bind(listener, (const struct sockaddr*)&here, sizeof here) == 0 && listen(listener, 5) == 0);

  pid_t children[3];
  for (int i = 0; i < 3; ++i) {
    children[i] = fork();
    CHECK(children[i] >= 0);
    if (children[i] == 0) {
      if (i == 0) serve(listener);
      if (i > 0) ask();
      _exit(0);
    }
  }
  expect_success(children[1]);
  expect_success(children[2]);
  CHECK(kill(children[0], SIGTERM) == 0);
  expect_success(children[0]);
  CHECK(unlink(path) == 0);
  return 0;
}
