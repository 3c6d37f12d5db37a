// A thread per client, which is told its descriptor by value.
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#define BUFSIZE 1024

void* handle_client(void* arg) {
  int conn = (int)(long)arg;
  char buffer[BUFSIZE];
  int n;
  while ((n = recv(conn, buffer, sizeof(buffer), 0)) > 0) {
    int done = 0;
    while (done < n) {
      int r = send(conn, buffer + done, n - done, 0);
      if (r < 0) break;
      done += r;
    }
    if (done < n) break;
  }
  close(conn);
  return NULL;
}

int main(int argc, char* argv[]) {
  int conn;
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

  while (1) {
    conn = accept(sd, NULL, NULL);
    if (conn < 0) {
      perror("accept");
      continue;
    }

    pthread_t thread;
    pthread_create(&thread, NULL, handle_client, (void*)(long)conn);
    pthread_detach(thread);
  }
}
