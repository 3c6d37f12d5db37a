// The client with stdio on the connection: one stream for each direction.
#include <err.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const char* host, const char* port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
  int problem = getaddrinfo(host, port, &hints, &found);
  if (problem != 0) errx(1, "%s: %s", host, gai_strerror(problem));
  for (struct addrinfo* one = found; one != NULL; one = one->ai_next) {
    int connection = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (connection < 0) continue;
    if (connect(connection, one->ai_addr, one->ai_addrlen) == 0) {
      freeaddrinfo(found);
      return connection;
    }
    close(connection);
  }
  err(1, "connect");
}

int main(int argc, char** argv) {
  if (argc != 2) errx(1, "usage: client PORT");
  int connection = connect_to("localhost", argv[1]);
  FILE* from = fdopen(connection, "r");
  FILE* to = fdopen(dup(connection), "w");
  if (from == NULL || to == NULL) err(1, "fdopen");

  char line[512];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (fputs(line, to) == EOF || fflush(to) == EOF || fgets(line, sizeof line, from) == NULL ||
        strchr(line, '\n') == NULL) {
      puts("client lost the connection");
      return 1;
    }
    printf("client got %s", line);
  }
  shutdown(connection, SHUT_WR);
  puts(fgetc(from) == EOF && !ferror(from) ? "client done" : "client lost the connection");
  return 0;
}
