// One client after another, and nothing waits for longer than a fifth of a second at a time: so the server gets to see
// now and then whether it has been told to stop, wherever it is.
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stopped = 0;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

// False when the server is to stop.
static bool ready(int descriptor, short event) {
  struct pollfd one = {.fd = descriptor, .events = event};
  while (!stopped) {
    if (poll(&one, 1, 200) > 0) return true;
  }
  return false;
}

static void echo(int client) {
  char buffer[512];
  while (ready(client, POLLIN)) {
    ssize_t filled = recv(client, buffer, sizeof buffer, 0);
    if (filled < 0 && errno == EINTR) continue;
    if (filled <= 0) return;  // the end, or the client has gone
    for (ssize_t done = 0; done < filled;) {
      if (!ready(client, POLLOUT)) return;
      ssize_t sent = send(client, buffer + done, (size_t)(filled - done), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN && errno != EINTR) return;
      if (sent > 0) done += sent;
    }
  }
}

int main(int argc, char** argv) {
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  struct sockaddr_in here;
  memset(&here, 0, sizeof here);
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_ANY);
  here.sin_port = htons((unsigned short)(argc > 1 ? atoi(argv[1]) : 50007));
  int entrance = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(entrance, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(entrance, (struct sockaddr*)&here, sizeof here) != 0 || listen(entrance, 20) != 0) {
    perror("entrance");
    return 1;
  }
  while (ready(entrance, POLLIN)) {
    int client = accept(entrance, NULL, NULL);
    if (client < 0) continue;
    echo(client);
    close(client);
  }
  close(entrance);
  return 0;
}
