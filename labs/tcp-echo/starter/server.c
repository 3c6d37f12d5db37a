// An echo server. It listens, and there it ends; the handout says what is still missing.
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: server PORT\n");
    return 1;
  }

  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener == -1) {
    perror("socket");
    return 1;
  }
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_port = htons(atoi(argv[1]));
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  if (bind(listener, (struct sockaddr*)&address, sizeof address) == -1) {
    perror("bind");
    return 1;
  }
  if (listen(listener, 5) == -1) {
    perror("listen");
    return 1;
  }

  // Your part: accept clients, and send back to each what it sends.

  close(listener);
  return 0;
}
