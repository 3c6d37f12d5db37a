#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

int main(int argc, char* argv[]) {
  char line[1024];
  char answer[1024];

  if (argc < 2) {
    printf("usage: client <port>\n");
    exit(1);
  }

  int sd = socket(PF_INET, SOCK_STREAM, 0);
  if (sd < 0) {
    perror("socket");
    exit(1);
  }

  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(atoi(argv[1]));
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  if (connect(sd, (struct sockaddr*)&addr, sizeof(addr)) < 0) {
    perror("connect");
    exit(1);
  }

  while (fgets(line, sizeof(line), stdin)) {
    int len = strlen(line);
    if (send(sd, line, len, 0) < 0) {
      printf("client lost the connection\n");
      exit(1);
    }

    int got = 0;
    while (got < len) {
      int n = recv(sd, answer + got, len - got, 0);
      if (n <= 0) {
        printf("client lost the connection\n");
        exit(1);
      }
      got += n;
    }
    answer[got] = '\0';
    printf("client got %s", answer);
  }

  // nothing more to send
  shutdown(sd, SHUT_WR);
  if (recv(sd, answer, sizeof(answer), 0) == 0) printf("client done\n");
  close(sd);
  return 0;
}
