// The parent does not close its copy of the connection. The child's close is then not the end of the stream, so a
// client that waits for it waits for ever. A client that just closes when it has its echo sees no fault. fails: echoes
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

void handle_client(int conn) {
  char buffer[1024];
  int n;
  while ((n = recv(conn, buffer, sizeof(buffer), 0)) > 0) {
    int done = 0;
    while (done < n) {
      int r = send(conn, buffer + done, n - done, 0);
      if (r < 0) return;
      done += r;
    }
  }
}

int main(int argc, char* argv[]) {
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
  signal(SIGCHLD, SIG_IGN);  // no zombies

  for (;;) {
    int conn = accept(sd, NULL, NULL);
    if (conn < 0) {
      perror("accept");
      continue;
    }
    pid_t pid = fork();
    if (pid < 0) perror("fork");
    if (pid == 0) {
      // child
      close(sd);
      handle_client(conn);
      close(conn);
      exit(0);
    }
    // parent goes on with the next client
  }
}
