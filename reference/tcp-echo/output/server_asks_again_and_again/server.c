// The connection does not block, and where there is nothing to receive (EAGAIN) the server asks again at once, with all the
// time that the processor has. To one who only looks at the echo it seems to work, and quickly. fails: quiet
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char* step) {
  perror(step);
  exit(1);
}

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener == -1) fail("socket");
  int on = 1;
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) fail("setsockopt");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  if (bind(listener, (struct sockaddr*)&address, sizeof address) == -1) fail("bind");
  if (listen(listener, 5) == -1) fail("listen");
  return listener;
}

// Returns 0, or -1 when the client has gone.
static int send_all(int client, const char* bytes, ssize_t length) {
  while (length > 0) {
    ssize_t sent = send(client, bytes, length, 0);
    if (sent == -1 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent == -1) return -1;
    bytes += sent;
    length -= sent;
  }
  return 0;
}

static void serve(int client) {
  char bytes[1024];
  for (;;) {
    ssize_t got = recv(client, bytes, sizeof bytes, 0);
    if (got == -1 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return;  // the end of the stream, or the client broke off
    if (send_all(client, bytes, got) == -1) return;
  }
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: server PORT\n");
    return 1;
  }
  // A send to a client that has gone then fails with EPIPE and does not kill the server.
  signal(SIGPIPE, SIG_IGN);
  int listener = listen_on(atoi(argv[1]));
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client == -1 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (client == -1) fail("accept");
    fcntl(client, F_SETFL, O_NONBLOCK);
    serve(client);
    close(client);
  }
}
