// A server writes the result into shared memory before it answers over TCP.
// prints: 5! is 120
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
  int number;
  long result;
};

int main(void) {
  struct job* job = mmap(NULL, sizeof *job, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listening, (struct sockaddr*)&address, size) < 0 || listen(listening, 5) < 0) exit(1);
  getsockname(listening, (struct sockaddr*)&address, &size);
  if (fork() == 0) {
    char request;
    int client = accept(listening, NULL, NULL);
    read(client, &request, 1);
    job->result = 1;
    for (int i = 2; i <= job->number; i++) job->result *= i;
    write(client, "!", 1);
    close(client);
    exit(0);
  }
  char answer;
  int server = socket(AF_INET, SOCK_STREAM, 0);
  job->number = 5;
  if (connect(server, (struct sockaddr*)&address, sizeof address) < 0) exit(1);
  write(server, "?", 1);
  read(server, &answer, 1);
  printf("%d! is %ld\n", job->number, job->result);
  close(server);
  wait(NULL);
  return 0;
}
