// One process for all clients, on IPv6 and IPv4 at once, with sockets that never block.
//
// Each client has a store for what was received and not yet sent back. While it is not empty the server waits for room
// and receives nothing more from that client, so a client that does not read is slowed down and costs 4 KiB.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_CLIENTS 50

struct client {
  char store[4096];
  size_t begin, end;
};

static struct pollfd places[1 + MOST_CLIENTS];  // the first is the listening socket
static struct client clients[1 + MOST_CLIENTS];
static int count = 1;

static void fail(const char* step) {
  perror(step);
  exit(1);
}

static int listen_on(int port) {
  int off = 0;
  int listener = socket(AF_INET6, SOCK_STREAM, 0);
  if (listener < 0) fail("socket");
  if (setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) < 0) fail("setsockopt");
  struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_ANY_INIT};
  if (bind(listener, (struct sockaddr*)&any, sizeof any) < 0) fail("bind");
  if (listen(listener, SOMAXCONN) < 0) fail("listen");
  return listener;
}

static void never_block(int descriptor) {
  if (fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) < 0) fail("fcntl");
}

static void welcome(void) {
  int descriptor = accept(places[0].fd, NULL, NULL);
  if (descriptor < 0) return;  // it has gone again
  never_block(descriptor);
  places[count] = (struct pollfd){.fd = descriptor, .events = POLLIN};
  clients[count].begin = clients[count].end = 0;
  count++;
}

static int is_over(ssize_t result) {
  return result == 0 || (result < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

// Returns 0 when the client is to be forgotten.
static int move_on(struct pollfd* place, struct client* client) {
  if (client->begin == client->end) {
    ssize_t got = recv(place->fd, client->store, sizeof client->store, 0);
    if (is_over(got)) return 0;
    client->begin = 0;
    client->end = got > 0 ? (size_t)got : 0;
  }
  if (client->begin < client->end) {
    ssize_t sent = send(place->fd, client->store + client->begin, client->end - client->begin, MSG_NOSIGNAL);
    if (is_over(sent)) return 0;
    if (sent > 0) client->begin += (size_t)sent;
  }
  place->events = client->begin < client->end ? POLLOUT : POLLIN;
  return 1;
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s PORT\n", argv[0]);
    return 1;
  }
  places[0].fd = listen_on(atoi(argv[1]));
  never_block(places[0].fd);
  for (;;) {
    places[0].events = count <= MOST_CLIENTS ? POLLIN : 0;
    if (poll(places, (nfds_t)count, -1) < 0) {
      if (errno == EINTR) continue;
      fail("poll");
    }
    for (int i = count - 1; i > 0; i--) {
      if (places[i].revents == 0 || move_on(&places[i], &clients[i])) continue;
      close(places[i].fd);
      count--;
      places[i] = places[count];
      clients[i] = clients[count];
    }
    if (places[0].revents != 0) welcome();
  }
}
