// An echo client. It connects, and there it ends; the handout says what is still missing.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: client PORT\n");
    return 1;
  }

  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection == -1) {
    perror("socket");
    return 1;
  }
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_port = htons(atoi(argv[1]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(connection, (struct sockaddr*)&address, sizeof address) == -1) {
    perror("connect");
    return 1;
  }

  // Your part: send each line of standard input, print its echo, say when you are done.

  close(connection);
  return 0;
}
