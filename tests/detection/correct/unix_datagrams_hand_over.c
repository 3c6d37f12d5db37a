// Datagrams between two bound sockets say which half of a table is ready.
// prints: 28
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* table = mmap(NULL, 8 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strcpy(address.sun_path, "half.socket");
  int receiver = socket(AF_UNIX, SOCK_DGRAM, 0);
  if (bind(receiver, (struct sockaddr*)&address, sizeof address) < 0) return 1;
  if (fork() == 0) {
    int sender = socket(AF_UNIX, SOCK_DGRAM, 0);
    for (int half = 0; half < 2; half++) {
      for (int i = 0; i < 4; i++) table[4 * half + i] = 4 * half + i;
      sendto(sender, &half, sizeof half, 0, (struct sockaddr*)&address, sizeof address);
    }
    exit(0);
  }
  int sum = 0;
  for (int received = 0; received < 2; received++) {
    int half;
    recvfrom(receiver, &half, sizeof half, 0, NULL, NULL);
    for (int i = 0; i < 4; i++) sum += table[4 * half + i];
  }
  wait(NULL);
  unlink("half.socket");
  printf("%d\n", sum);
  return 0;
}
