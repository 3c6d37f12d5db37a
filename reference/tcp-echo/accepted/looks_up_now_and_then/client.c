// The reference client: one line at a time, each received in full before the next is sent.
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char* step) {
  perror(step);
  exit(1);
}

static void lost(void) {
  printf("client lost the connection\n");
  exit(1);
}

static int connect_to(int port) {
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (server == -1) fail("socket");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(server, (struct sockaddr*)&address, sizeof address) == -1) fail("connect");
  return server;
}

static void send_all(int server, const char* bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(server, bytes, length, MSG_NOSIGNAL);
    if (sent == -1 && errno == EINTR) continue;
    if (sent == -1) lost();
    bytes += sent;
    length -= sent;
  }
}

// Receives exactly `length` bytes, in as many pieces as they come.
static void receive_all(int server, char* bytes, size_t length) {
  while (length > 0) {
    ssize_t got = recv(server, bytes, length, 0);
    if (got == -1 && errno == EINTR) continue;
    if (got <= 0) lost();
    bytes += got;
    length -= got;
  }
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: client PORT\n");
    return 1;
  }
  int server = connect_to(atoi(argv[1]));
  char line[1024], echo[1024];
  while (fgets(line, sizeof line, stdin) != NULL) {
    size_t length = strlen(line);
    send_all(server, line, length);
    receive_all(server, echo, length);
    printf("client got %.*s\n", (int)strcspn(echo, "\r\n"), echo);
    fflush(stdout);
  }
  shutdown(server, SHUT_WR);
  char rest;
  if (recv(server, &rest, 1, 0) != 0) lost();
  printf("client done\n");
  close(server);
  return 0;
}
