// Two processes take turns at a shared string; whose turn it is goes through a socket pair.
// prints: ababab
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char* text;

static void play(int socket, char letter) {
  for (int i = 0; i < 3; i++) {
    char turn;
    if (recv(socket, &turn, 1, 0) != 1) _exit(1);
    size_t end = strlen(text);
    text[end] = letter;
    text[end + 1] = '\0';
    send(socket, "t", 1, 0);
  }
}

int main(void) {
  int ends[2];
  text = mmap(NULL, 100, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  if (fork() == 0) {
    close(ends[0]);
    play(ends[1], 'b');
    _exit(0);
  }
  close(ends[1]);
  for (int i = 0; i < 3; i++) {
    char turn;
    strcat(text, "a");
    send(ends[0], "t", 1, 0);
    recv(ends[0], &turn, 1, 0);
  }
  wait(NULL);
  puts(text);
  return 0;
}
