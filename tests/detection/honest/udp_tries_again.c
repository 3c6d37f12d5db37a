// Two clients ask over UDP, wait a second for the answer, and ask again up to ten times; the server answers every
// question. A time limit of a second is for lost datagrams, and does not run out because others are slow.
// prints: 0 failed
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_in server;

static int asks(char name) {
  const int out = socket(AF_INET, SOCK_DGRAM, 0);
  const struct timeval second = {1, 0};
  const char question[2] = {'?', name};
  char answer[2];
  setsockopt(out, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  for (int i = 0; i < 10; i++) {
    sendto(out, question, sizeof question, 0, (struct sockaddr*)&server, sizeof server);
    if (recv(out, answer, sizeof answer, 0) == 2) return answer[1] == name ? 0 : 1;
  }
  return 1;
}

int main(void) {
  const int in = socket(AF_INET, SOCK_DGRAM, 0);
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(50000), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (bind(in, (struct sockaddr*)&server, sizeof server) != 0) return 1;
  for (char name = 'a'; name <= 'b'; name++) {
    if (fork() == 0) _exit(asks(name));
  }
  for (int seen = 0; seen != 3;) {
    char question[2];
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    if (recvfrom(in, question, sizeof question, 0, (struct sockaddr*)&from, &size) != 2) return 1;
    seen |= 1 << (question[1] - 'a');
    question[0] = '!';
    sendto(in, question, sizeof question, 0, (struct sockaddr*)&from, size);
  }
  close(in);
  int failed = 0, status;
  while (wait(&status) > 0) failed += status != 0;
  printf("%d failed\n", failed);
  return failed;
}
