// Two children send a letter each to a Unix datagram socket, in either order. Then a UDP server polls for ever and
// answers three questions until SIGTERM ends it; a socket pair says when it is there.
// prints one of: ab 1 4 9 | ba 1 4 9
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char* const path = "honest_datagram_socket";

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

static void two_letters(void) {
  unlink(path);  // of an execution that was stopped
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strcpy(address.sun_path, path);
  const int receiver = socket(AF_UNIX, SOCK_DGRAM, 0);
  CHECK(receiver >= 0 && bind(receiver, (const struct sockaddr*)&address, sizeof address) == 0);
  pid_t children[2];
  for (int i = 0; i < 2; ++i) {
    children[i] = fork();
    CHECK(children[i] >= 0);
    if (children[i] == 0) {
      const int sender = socket(AF_UNIX, SOCK_DGRAM, 0);
      CHECK(sender >= 0);
      CHECK(sendto(sender, &"ab"[i], 1, 0, (const struct sockaddr*)&address, sizeof address) == 1);
      _exit(0);
    }
  }
  char text[3] = "";
  for (int i = 0; i < 2; ++i) CHECK(TEMP_FAILURE_RETRY(recv(receiver, text + i, 1, 0)) == 1);
  for (int i = 0; i < 2; ++i) expect_success(children[i]);
  CHECK(strcmp(text, "ab") == 0 || strcmp(text, "ba") == 0);
  printf("%s", text);
  CHECK(close(receiver) == 0 && unlink(path) == 0);
}

static void serve(int server, int hello) {
  CHECK(write(hello, "h", 1) == 1);
  for (;;) {
    struct pollfd ready = {server, POLLIN, 0};
    CHECK(TEMP_FAILURE_RETRY(poll(&ready, 1, -1)) == 1 && ready.revents == POLLIN);
    struct sockaddr_in client;
    socklen_t length = sizeof client;
    int number;
    CHECK(recvfrom(server, &number, sizeof number, 0, (struct sockaddr*)&client, &length) == sizeof number);
    number *= number;
    CHECK(sendto(server, &number, sizeof number, 0, (const struct sockaddr*)&client, length) == sizeof number);
  }
}

static void squares(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int pair[2];
  const int server = socket(AF_INET, SOCK_DGRAM, 0);
  CHECK(server >= 0 && bind(server, (const struct sockaddr*)&address, sizeof address) == 0);
  CHECK(getsockname(server, (struct sockaddr*)&address, &length) == 0 && address.sin_port != 0);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) serve(server, pair[1]);

  char hello = 0;
  CHECK(TEMP_FAILURE_RETRY(recv(pair[0], &hello, 1, 0)) == 1 && hello == 'h');
  const int client = socket(AF_INET, SOCK_DGRAM, 0);
  CHECK(client >= 0 && connect(client, (const struct sockaddr*)&address, length) == 0);
  struct pollfd nothing = {client, POLLIN, 0};
  CHECK(poll(&nothing, 1, 2) == 0);
  for (int number = 1; number <= 3; ++number) {
    int answer = 0;
    CHECK(send(client, &number, sizeof number, 0) == sizeof number);
    CHECK(TEMP_FAILURE_RETRY(recv(client, &answer, sizeof answer, 0)) == sizeof answer);
    CHECK(answer == number * number);
    printf(" %d", answer);
  }
  printf("\n");
  CHECK(kill(child, SIGTERM) == 0);
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

int main(void) {
  two_letters();
  squares();
  return 0;
}
