// A TCP server with epoll and non-blocking sockets on an ephemeral port echoes what two clients send until both are
// gone.
// prints: echoed 26 bytes
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kClients = 2, kBytes = 13 };

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

static void ask(const struct sockaddr_in* server) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  CHECK(connection >= 0 && connect(connection, (const struct sockaddr*)server, sizeof *server) == 0);
  CHECK(send(connection, "hello, ", 7, 0) == 7 && send(connection, "world\n", 6, 0) == 6);
  CHECK(shutdown(connection, SHUT_WR) == 0);
  char text[kBytes + 1];
  size_t length = 0;
  ssize_t got;
  while ((got = TEMP_FAILURE_RETRY(recv(connection, text + length, sizeof text - length, 0))) > 0)
    length += (size_t)got;
  CHECK(got == 0 && length == kBytes && memcmp(text, "hello, world\n", kBytes) == 0);
  CHECK(close(connection) == 0);
}

static void watch(int epoll, int socket) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = socket};
  CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) == 0);
}

static void accept_all(int epoll, int listener) {
  int connection;
  while ((connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) watch(epoll, connection);
  CHECK(errno == EAGAIN);
}

// Returns the number of bytes echoed, and counts in gone the connections that have ended.
static int echo(int connection, int* gone) {
  int echoed = 0;
  for (;;) {
    char text[8];
    const ssize_t got = recv(connection, text, sizeof text, 0);
    if (got == -1) {
      CHECK(errno == EAGAIN);
      return echoed;
    }
    if (got == 0) {
      CHECK(close(connection) == 0);
      ++*gone;
      return echoed;
    }
    CHECK(send(connection, text, (size_t)got, 0) == got);  // the few bytes always fit
    echoed += (int)got;
  }
}

static int serve(int listener) {
  int echoed = 0, gone = 0;
  const int epoll = epoll_create1(0);
  CHECK(epoll >= 0);
  struct epoll_event events[4];
  CHECK(epoll_wait(epoll, events, 4, 1) == 0);
  watch(epoll, listener);
  while (gone < kClients) {
    const int count = (int)TEMP_FAILURE_RETRY(epoll_wait(epoll, events, 4, -1));
    CHECK(count > 0);
    for (int i = 0; i < count; ++i) {
      if (events[i].data.fd == listener) accept_all(epoll, listener);
      if (events[i].data.fd != listener) echoed += echo(events[i].data.fd, &gone);
    }
  }
  return echoed;
}

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  CHECK(listener >= 0 && bind(listener, (const struct sockaddr*)&address, sizeof address) == 0);
  CHECK(listen(listener, 8) == 0 && getsockname(listener, (struct sockaddr*)&address, &length) == 0);
  pid_t clients[kClients];
  for (int i = 0; i < kClients; ++i) {
    clients[i] = fork();
    CHECK(clients[i] >= 0);
    if (clients[i] == 0) {
      ask(&address);
      _exit(0);
    }
  }
  const int echoed = serve(listener);
  for (int i = 0; i < kClients; ++i) expect_success(clients[i]);
  CHECK(echoed == kClients * kBytes);
  printf("echoed %d bytes\n", echoed);
  return 0;
}
