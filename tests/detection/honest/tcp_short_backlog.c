// A TCP server whose queue holds one connection, and six clients that all come at once: on Linux the last packet of some
// handshakes is dropped and asked for again a second later, and everybody is served.
// prints: 6 served
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kClients = 6 };

static int ask(const struct sockaddr_in *server) {
  char byte = 'x';
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)server, sizeof *server) != 0) return 1;
  return write(fd, &byte, 1) != 1 || read(fd, &byte, 1) != 1 || byte != 'y';
}

int main(void) {
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof server;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&server, size) != 0 || listen(listener, 0) != 0) return 1;
  if (getsockname(listener, (struct sockaddr *)&server, &size) != 0) return 1;
  for (int i = 0; i < kClients; i++) {
    if (fork() == 0) return ask(&server);
  }
  int served = 0, status = 0;
  for (int i = 0; i < kClients; i++) {
    char byte;
    const int fd = accept(listener, NULL, NULL);
    if (fd < 0 || read(fd, &byte, 1) != 1 || write(fd, "y", 1) != 1) return 1;
    close(fd);
  }
  while (wait(&status) > 0) served += status == 0;
  printf("%d served\n", served);
  return served != kClients;
}
