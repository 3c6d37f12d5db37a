// Over UDP on the loopback interface: the request says that the question is there, the reply that the answer is.
// prints: 49
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* cell = mmap(NULL, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  int server = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(server, (struct sockaddr*)&at, sizeof at) < 0) return 1;
  getsockname(server, (struct sockaddr*)&at, &size);
  if (fork() == 0) {
    char byte;
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    recvfrom(server, &byte, 1, 0, (struct sockaddr*)&from, &length);
    cell[1] = cell[0] * cell[0];
    sendto(server, &byte, 1, 0, (struct sockaddr*)&from, length);
    _exit(0);
  }
  int client = socket(AF_INET, SOCK_DGRAM, 0);
  char byte = 'q';
  cell[0] = 7;
  sendto(client, &byte, 1, 0, (struct sockaddr*)&at, sizeof at);
  recv(client, &byte, 1, 0);
  printf("%d\n", cell[1]);
  wait(NULL);
  return 0;
}
