// A program that does one thing and then, mostly, waits: the first argument says which.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static void must(int result, const char* what) {
  if (result >= 0) return;
  perror(what);
  exit(99);
}

static void say(const char* words) { must(write(1, words, strlen(words)), "write"); }

static void on_signal(int number) { say(number == SIGALRM ? "alarm\n" : number == SIGUSR1 ? "usr1\n" : "other\n"); }

static int bound_socket(int family, int type, int port) {
  const int descriptor = socket(family, type, 0);
  must(descriptor, "socket");
  struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  if (family == AF_INET)
    must(bind(descriptor, (struct sockaddr*)&four, sizeof four), "bind");
  else
    must(bind(descriptor, (struct sockaddr*)&six, sizeof six), "bind");
  return descriptor;
}

static void serve(int family, int port) {
  const int descriptor = bound_socket(family, SOCK_STREAM, port);
  must(listen(descriptor, 5), "listen");
  for (;;) close(accept(descriptor, NULL, NULL));
}

static void receive(int port, int seconds) {
  const int descriptor = bound_socket(AF_INET, SOCK_DGRAM, port);
  const struct timeval most = {seconds, 500000};
  if (seconds > 0) must(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most), "setsockopt");
  char byte;
  if (recv(descriptor, &byte, 1, 0) < 0) say("nothing came\n");
}

static void echo_reads(void) {
  char bytes[100];
  for (ssize_t got; (got = read(0, bytes, sizeof bytes)) > 0;) {
    must(write(1, "[", 1), "write");
    must(write(1, bytes, got), "write");
    say("]");
  }
}

static void use_memory(int children, size_t bytes) {
  for (int i = 0; i < children; ++i) {
    if (fork() != 0) continue;
    volatile char* memory = malloc(bytes);
    for (size_t at = 0; memory && at < bytes; at += 4096) memory[at] = 1;
    pause();
  }
  pause();
}

static void* mapped(void) { return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); }

static void on_child(int number) { (void)number; }

// Makes reported calls at the very moment at which a child ends, with a handler for it that interrupts.
static void make_calls_between_signals(void) {
  struct sigaction action = {.sa_handler = on_child};
  must(sigaction(SIGCHLD, &action, NULL), "sigaction");
  int interrupted = 0;
  for (int i = 0; i < 500; ++i) {
    const int segment = shmget(IPC_PRIVATE, 10, 0600), set = semget(IPC_PRIVATE, 1, 0600);
    if (fork() == 0) _exit(0);
    const struct itimerval never = {{0, 0}, {0, 0}};
    void* memory = i % 4 == 0 ? mapped() : NULL;
    interrupted += memory == MAP_FAILED && errno == EINTR;
    interrupted += i % 4 == 1 && setitimer(ITIMER_REAL, &never, NULL) != 0 && errno == EINTR;
    interrupted += i % 4 == 2 && alarm(0) != 0;
    interrupted += shmctl(segment, IPC_RMID, NULL) != 0 && errno == EINTR;
    interrupted += semctl(set, 0, IPC_RMID) != 0 && errno == EINTR;
    if (memory != NULL) munmap(memory, 4096);
    while (wait(NULL) >= 0 || errno == EINTR) continue;
  }
  printf("%d interrupted\n", interrupted);
}

int main(int count, char** values) {
  const char* what = count > 1 ? values[1] : "";
  const long number = count > 2 ? strtol(values[2], NULL, 0) : 0;
  signal(SIGUSR1, on_signal);
  signal(SIGALRM, on_signal);
  if (!strcmp(what, "tcp4")) serve(AF_INET, number);
  if (!strcmp(what, "tcp6")) serve(AF_INET6, number);
  if (!strcmp(what, "udp")) receive(number, 0);
  if (!strcmp(what, "udp-for-a-while")) receive(number, 1);
  if (!strcmp(what, "segment")) must(shmget(number, 100, IPC_CREAT | IPC_EXCL | 0640), "shmget");
  if (!strcmp(what, "semaphores")) must(semget(number, 3, IPC_CREAT | IPC_EXCL | 0600), "semget");
  if (!strcmp(what, "queue")) must(msgget(number, IPC_CREAT | IPC_EXCL | 0666), "msgget");
  if (!strcmp(what, "erased-segment")) {
    must(shmctl(shmget(number, 100, IPC_CREAT | 0640), IPC_RMID, NULL), "shmctl");
    return 0;
  }
  if (!strcmp(what, "alarm")) alarm(2);
  if (!strcmp(what, "timer")) {
    const struct itimerval once = {{0, 0}, {1, 500000}};
    must(setitimer(ITIMER_REAL, &once, NULL), "setitimer");
  }
  if (!strcmp(what, "mapping")) return mapped() == MAP_FAILED;
  if (!strcmp(what, "interrupted")) return make_calls_between_signals(), 0;
  if (!strcmp(what, "reads")) return echo_reads(), 0;
  if (!strcmp(what, "memory")) use_memory(4, 40 << 20);
  if (!strcmp(what, "ignores-term")) signal(SIGTERM, SIG_IGN);
  if (!strcmp(what, "polls")) {
    for (;;) poll(NULL, 0, 20);
  }
  say("ready\n");
  if (strcmp(what, "udp-for-a-while") != 0) pause();
  return 0;
}
