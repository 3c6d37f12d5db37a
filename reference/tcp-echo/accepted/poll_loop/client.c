// Watches its input and the connection at once, sends ahead, and prints every line of the echo when it is complete.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char line[1024];
static size_t filled = 0;

// Prints every complete line that `bytes` brings.
static void take(const char* bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (bytes[i] == '\n') {
      printf("client got %.*s\n", (int)filled, line);
      filled = 0;
    } else if (filled < sizeof line) {
      line[filled++] = bytes[i];
    }
  }
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: client PORT\n");
    return 1;
  }
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((in_port_t)strtol(argv[1], NULL, 10))};
  inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection == -1 || connect(connection, (struct sockaddr*)&server, sizeof server) == -1) {
    perror("client");
    return 1;
  }

  struct pollfd both[2] = {{.fd = connection, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
  size_t sent = 0, back = 0;
  int more = 1;
  char bytes[512];
  for (;;) {
    if (poll(both, 2, -1) == -1) continue;
    if (both[1].revents != 0) {
      ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
      if (length <= 0) {
        more = 0;
        both[1].fd = -1;
        shutdown(connection, SHUT_WR);
      }
      for (ssize_t done = 0; done < length;) {
        ssize_t now = send(connection, bytes + done, length - done, MSG_NOSIGNAL);
        if (now == -1) break;  // recv will say it too
        done += now;
        sent += now;
      }
    }
    if (both[0].revents != 0) {
      ssize_t length = recv(connection, bytes, sizeof bytes, 0);
      if (length <= 0) break;
      take(bytes, length);
      back += length;
    }
  }
  puts(!more && back == sent ? "client done" : "client lost the connection");
  return 0;
}
