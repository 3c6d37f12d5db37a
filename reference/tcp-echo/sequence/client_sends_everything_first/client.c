// All lines are sent first, and only then the answers are received. Who types sees nothing before the end of the input;
// and with a lot of input both sides would wait in send for the other to receive. A few lines fit into the buffers of the
// kernel, so that it looks right when the input comes from a file. fails: one-by-one
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

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: client PORT\n");
    return 1;
  }
  int server = connect_to(atoi(argv[1]));
  char line[1024];
  int count = 0;
  while (fgets(line, sizeof line, stdin) != NULL) {
    size_t length = strlen(line);
    send_all(server, line, length);
    count++;
  }
  shutdown(server, SHUT_WR);
  FILE* answers = fdopen(dup(server), "r");
  for (int i = 0; i < count; i++) {
    if (fgets(line, sizeof line, answers) == NULL || strchr(line, '\n') == NULL) lost();
    printf("client got %s", line);
  }
  char rest;
  if (recv(server, &rest, 1, 0) != 0) lost();
  printf("client done\n");
  close(server);
  return 0;
}
