// A child gives back what comes on a socket, through a pipe and without reading it; its parent waits for each answer, on a
// socket of the Unix domain and then over TCP, where it sends byte by byte.
// prints: hello hello
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void give_back(int connection) {
  int between[2];
  if (pipe(between) != 0) _exit(2);
  for (ssize_t came; (came = splice(connection, NULL, between[1], NULL, 65536, 0)) > 0;)
    while (came > 0) came -= splice(between[0], NULL, connection, NULL, (size_t)came, 0);
  _exit(0);
}

static int ask(int connection) {
  char answer[6] = "";
  for (int i = 0; i < 5; i++)
    if (send(connection, &"hello"[i], 1, 0) != 1) return 1;
  for (size_t got = 0; got < 5;) {
    const ssize_t more = recv(connection, answer + got, 5 - got, 0);
    if (more <= 0) return 1;
    got += (size_t)more;
  }
  printf("%s", answer);
  return 0;
}

int main(void) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 2;
  if (fork() == 0) {
    close(pair[0]);
    give_back(pair[1]);
  }
  close(pair[1]);
  int failed = ask(pair[0]);
  close(pair[0]);
  printf(" ");
  fflush(stdout);

  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr*)&address, size) != 0 || listen(listener, 1) != 0) return 2;
  getsockname(listener, (struct sockaddr*)&address, &size);
  if (fork() == 0) give_back(accept(listener, NULL, NULL));
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(connection, (struct sockaddr*)&address, size) != 0) return 2;
  failed += ask(connection);
  close(connection);
  printf("\n");
  while (wait(NULL) > 0) continue;
  return failed;
}
