// What a client sends over TCP may be held back, by MSG_MORE or TCP_CORK, for 200 ms: the server gets it nevertheless.
// prints: hello, hello, answered
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int ask(const struct sockaddr_in *server, int by_cork) {
  const int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  char byte;
  if (connect(fd, (const struct sockaddr *)server, sizeof *server) != 0) return 1;
  if (by_cork && setsockopt(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof on) != 0) return 1;
  const int flags = by_cork ? 0 : MSG_MORE;
  if (send(fd, "hel", 3, flags) != 3 || send(fd, "lo", 2, flags) != 2) return 1;
  return read(fd, &byte, 1) != 1 || byte != '!';
}

int main(void) {
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof server;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&server, size) != 0 || listen(listener, 5) != 0) return 1;
  if (getsockname(listener, (struct sockaddr *)&server, &size) != 0) return 1;
  for (int client = 0; client < 2; client++) {
    if (fork() == 0) return ask(&server, client);
  }
  for (int client = 0; client < 2; client++) {
    char text[6] = "";
    size_t got = 0;
    ssize_t more = 1;
    for (const int fd = accept(listener, NULL, NULL); got <= 5; got += (size_t)more) {
      if (got == 5) {
        printf("%s, ", text);
        if (write(fd, "!", 1) != 1) return 1;
        close(fd);
        break;
      }
      if ((more = read(fd, text + got, 5 - got)) <= 0) return 1;
    }
  }
  int failed = 0, status = 0;
  while (wait(&status) > 0) failed |= status != 0;
  puts(failed ? "failed" : "answered");
  return failed;
}
