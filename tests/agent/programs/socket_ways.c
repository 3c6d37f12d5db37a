// Sockets and waiting for several descriptors, one case per argument; see pipe_ways.c.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s\n", __LINE__, #what), _exit(1)))

enum { kMebibyte = 1 << 20 };
static char bytes[kMebibyte];
static int pair[2];
static struct sockaddr_storage address;
static socklen_t address_size;

static pid_t start(void (*body)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) body(), _exit(0);
  return child;
}
static void expect(pid_t child, int signal) {
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(signal ? WIFSIGNALED(status) && WTERMSIG(status) == signal : status == 0);
}

static int bound(int domain, int type) {
  const int fd = socket(domain, type, 0);
  memset(&address, 0, sizeof address);
  address.ss_family = (sa_family_t)domain;
  address_size = sizeof(struct sockaddr_in);
  if (domain == AF_INET) ((struct sockaddr_in*)&address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Unix: the kernel picks an abstract name.
  CHECK(fd >= 0 && bind(fd, (struct sockaddr*)&address, domain == AF_UNIX ? sizeof(sa_family_t) : address_size) == 0);
  address_size = sizeof address;
  CHECK(getsockname(fd, (struct sockaddr*)&address, &address_size) == 0);
  return fd;
}

static int connected(void) {
  const int fd = socket(address.ss_family, SOCK_STREAM, 0);
  CHECK(fd >= 0 && connect(fd, (struct sockaddr*)&address, address_size) == 0);
  CHECK((fcntl(fd, F_GETFL) & O_NONBLOCK) == 0);
  return fd;
}
static void ask(void) {
  const int fd = connected();
  char text[8] = "";
  CHECK(send(fd, "hello", 5, 0) == 5 && recv(fd, text, 5, MSG_WAITALL) == 5 && strcmp(text, "hello") == 0);
  CHECK(recv(fd, text, 1, 0) == 0);
}
static void serve(int domain, int backlog, int clients) {
  const int listener = bound(domain, SOCK_STREAM);
  CHECK(listen(listener, backlog) == 0);
  pid_t children[4];
  for (int i = 0; i < clients; i++) children[i] = start(ask);
  for (int i = 0; i < clients; i++) {
    const int fd = accept(listener, NULL, NULL);
    char text[8];
    CHECK(fd >= 0 && recv(fd, text, 5, MSG_WAITALL) == 5 && write(fd, text, 2) == 2 && write(fd, text + 2, 3) == 3);
    CHECK(close(fd) == 0);
  }
  for (int i = 0; i < clients; i++) expect(children[i], 0);
}
static void unix_server(void) { serve(AF_UNIX, 5, 2); }
static void tcp_server(void) { serve(AF_INET, 5, 2); }
static void full_backlog(void) { serve(AF_UNIX, 0, 4); }
static void full_tcp_backlog(void) { serve(AF_INET, 0, 4); }

static void refused(void) {
  const int listener = bound(AF_INET, SOCK_STREAM), fd = socket(AF_INET, SOCK_STREAM, 0);
  char byte;
  CHECK(connect(fd, (struct sockaddr*)&address, address_size) == -1 && errno == ECONNREFUSED);
  CHECK(accept(listener, NULL, NULL) == -1 && errno == EINVAL);
  CHECK(listen(listener, 1) == 0 && recv(listener, &byte, 1, 0) == -1 && errno == ENOTCONN);
}

static void write_mebibyte(void) {
  close(pair[0]);
  CHECK(write(pair[1], bytes, kMebibyte) == kMebibyte);
}
static void drain(int in) {
  size_t total = 0;
  ssize_t got;
  while ((got = read(in, bytes, 40000)) > 0) total += (size_t)got;
  CHECK(got == 0 && total == kMebibyte);
}
static void mebibyte(void) {
  const pid_t child = start(write_mebibyte);
  close(pair[1]);
  drain(pair[0]);
  expect(child, 0);
}
static void send_tcp(void) {
  const int fd = connected();
  CHECK(send(fd, bytes, kMebibyte, 0) == kMebibyte);
}
static void tcp_mebibyte(void) {
  const int listener = bound(AF_INET, SOCK_STREAM);
  CHECK(listen(listener, 1) == 0);
  const pid_t child = start(send_tcp);
  drain(accept(listener, NULL, NULL));
  expect(child, 0);
}

// More is taken than poll() would say: nobody reads before all of it is there.
static void half_full(void) {
  int most = 0;
  socklen_t size = sizeof most;
  getsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &most, &size);
  CHECK(send(pair[1], bytes, (size_t)most / 3, 0) == most / 3 && send(pair[1], bytes, (size_t)most / 8, 0) == most / 8);
}

static void send_datagrams(void) {
  const int fd = socket(address.ss_family, SOCK_DGRAM, 0);
  for (int i = 0; i < 40; i++)
    CHECK(sendto(fd, &i, sizeof i, 0, (struct sockaddr*)&address, address_size) == sizeof i);
}
static void receive_datagrams(int domain) {
  const int fd = bound(domain, SOCK_DGRAM);
  const pid_t child = start(send_datagrams);
  for (int i = 0, got; i < 40; i++) CHECK(recv(fd, &got, sizeof got, 0) == sizeof got && got == i);
  expect(child, 0);
}
static void unix_datagrams(void) { receive_datagrams(AF_UNIX); }
static void udp_datagrams(void) { receive_datagrams(AF_INET); }

static void send_broken(void) {
  close(pair[0]);
  for (;;) send(pair[1], bytes, 1000, 0);
}
static void killed_by_sigpipe(void) {
  const pid_t child = start(send_broken);
  close(pair[1]);
  close(pair[0]);
  expect(child, SIGPIPE);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && close(pair[0]) == 0);
  CHECK(send(pair[1], "x", 1, MSG_NOSIGNAL) == -1 && errno == EPIPE);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
// An hour of virtual time each.
static void time_limits(void) {
  struct pollfd one = {pair[0], POLLIN, 0};
  struct timeval hour = {3600, 0};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(pair[0], &set);
  double before = now();
  CHECK(poll(&one, 1, 3600 * 1000) == 0 && one.revents == 0 && now() >= before + 3600);
  before = now();
  CHECK(select(pair[0] + 1, &set, NULL, NULL, &hour) == 0 && !FD_ISSET(pair[0], &set) && now() >= before + 3600);
  CHECK(hour.tv_sec == 0 && hour.tv_usec == 0);
  hour.tv_sec = 3600;
  const int epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, pair[0], &event) == 0);
  before = now();
  CHECK(epoll_wait(epoll, &event, 1, 3600 * 1000) == 0 && now() >= before + 3600);
  CHECK(setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &hour, sizeof hour) == 0);
  before = now();
  CHECK(recv(pair[0], bytes, 1, 0) == -1 && errno == EAGAIN && now() >= before + 3600);
}

static void say(void) { CHECK(write(pair[1], "x", 1) == 1); }
static void poll_for_one(void) {
  for (int way = 0; way < 3; way++) {
    const pid_t child = start(say);
    struct pollfd ends[2] = {{pair[1], POLLIN, 0}, {pair[0], POLLIN, 0}};
    fd_set set;
    FD_ZERO(&set);
  FD_SET(pair[0], &set);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = 7};
    const int epoll = epoll_create1(0);
    epoll_ctl(epoll, EPOLL_CTL_ADD, pair[0], &event);
    if (way == 0) CHECK(poll(ends, 2, -1) == 1 && ends[0].revents == 0 && ends[1].revents == POLLIN);
    if (way == 1) CHECK(select(pair[0] + 1, &set, NULL, NULL, NULL) == 1 && FD_ISSET(pair[0], &set));
    if (way == 2) CHECK(epoll_wait(epoll, &event, 1, -1) == 1 && event.data.u32 == 7);
    char byte;
    CHECK(read(pair[0], &byte, 1) == 1);
    close(epoll);
    expect(child, 0);
  }
}
static void poll_in_a_loop(void) {
  const pid_t child = start(say);
  struct pollfd one = {pair[0], POLLIN, 0};
  while (poll(&one, 1, 0) == 0) continue;
  while (recv(pair[0], bytes, 1, MSG_DONTWAIT) != 1) CHECK(errno == EAGAIN);
  expect(child, 0);
}

static void stuck_both_full(void) {
  const pid_t child = fork();
  write(pair[child == 0], bytes, kMebibyte);
  read(pair[child == 0], bytes, 1);
}
static void stuck_polling(void) {
  struct pollfd one = {pair[0], POLLIN, 0};
  poll(&one, 1, -1);
}
static void stuck_backlog(void) {
  const int listener = bound(AF_UNIX, SOCK_STREAM);
  CHECK(listen(listener, 0) == 0);
  connected(), connected(), connected();
}
static void stuck_datagrams(void) {
  const int fd = bound(AF_UNIX, SOCK_DGRAM);
  CHECK(fd >= 0);
  for (;;) send_datagrams();
}

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"unix_server", unix_server}, {"tcp_server", tcp_server}, {"full_backlog", full_backlog}, {"full_tcp_backlog", full_tcp_backlog},
               {"refused", refused}, {"mebibyte", mebibyte},
               {"tcp_mebibyte", tcp_mebibyte}, {"half_full", half_full}, {"unix_datagrams", unix_datagrams},
               {"udp_datagrams", udp_datagrams}, {"killed_by_sigpipe", killed_by_sigpipe},
               {"time_limits", time_limits}, {"poll_for_one", poll_for_one}, {"poll_in_a_loop", poll_in_a_loop},
               {"stuck_both_full", stuck_both_full}, {"stuck_polling", stuck_polling},
               {"stuck_backlog", stuck_backlog}, {"stuck_datagrams", stuck_datagrams}};
  CHECK(count == 2 && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) == 0) return cases[i].body(), 0;
  }
  return 2;
}
