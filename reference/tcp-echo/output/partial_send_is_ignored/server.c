// Non-blocking sockets in a poll loop, but the result of send is not looked at: when the socket takes only a part, or
// nothing, the rest is lost. Short texts always fit.
// fails: bulk
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#define BUFSIZE 1024
#define MAXCLIENTS 20

int main(int argc, char* argv[]) {
  char buffer[BUFSIZE];
  if (argc < 2) {
    printf("usage: server <port>\n");
    exit(1);
  }
  signal(SIGPIPE, SIG_IGN);

  int sd = socket(PF_INET, SOCK_STREAM, 0);
  if (sd < 0) {
    perror("socket");
    exit(1);
  }
  int yes = 1;
  setsockopt(sd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));

  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(atoi(argv[1]));
  addr.sin_addr.s_addr = INADDR_ANY;
  if (bind(sd, (struct sockaddr*)&addr, sizeof(addr)) < 0) {
    perror("bind");
    exit(1);
  }
  if (listen(sd, 5) < 0) {
    perror("listen");
    exit(1);
  }

  struct pollfd fds[MAXCLIENTS + 1];
  int count = 1;
  fds[0].fd = sd;
  fds[0].events = POLLIN;

  while (1) {
    if (poll(fds, count, -1) < 0) continue;
    for (int i = 1; i < count; i++) {
      if (fds[i].revents == 0) continue;
      int n = recv(fds[i].fd, buffer, sizeof(buffer), 0);
      if (n > 0) {
        send(fds[i].fd, buffer, n, 0);
      } else if (n == 0 || errno != EAGAIN) {
        close(fds[i].fd);
        fds[i] = fds[--count];
        i--;
      }
    }
    if (fds[0].revents != 0 && count <= MAXCLIENTS) {
      int conn = accept(sd, NULL, NULL);
      if (conn < 0) continue;
      fcntl(conn, F_SETFL, O_NONBLOCK);
      fds[count].fd = conn;
      fds[count].events = POLLIN;
      fds[count].revents = 0;
      count++;
    }
  }
}
