// Masks nothing: the tokens are bytes in a pipe, and the kernel sees to it that each byte is read once. Wait reads one,
// Signal writes one; both may be called in a handler, and a read that finds the pipe empty sleeps.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int tokens[2];

static bool take(void) {
  char token;
  ssize_t got;
  do got = read(tokens[0], &token, 1);
  while (got == -1 && errno == EINTR);
  return got == 1;
}

static void give(void) {
  ssize_t put;
  do put = write(tokens[1], "t", 1);
  while (put == -1 && errno == EINTR);
}

static void print(const char* text) { (void)!write(STDOUT_FILENO, text, strlen(text)); }

static void interrupt(int number) {
  const int before = errno;
  if (number != SIGHUP) give();
  print(number == SIGHUP ? "an interrupt gave nothing\n" : "an interrupt gave a token\n");
  errno = before;
}

int main(void) {
  const int numbers[] = {SIGHUP, SIGUSR1, SIGUSR2, SIGALRM};
  if (pipe(tokens) == -1) return 1;
  for (int i = 0; i < 4; i++) {
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = SA_RESTART | SA_NODEFER};
    sigaction(numbers[i], &action, NULL);
  }

  char command[16];
  while (scanf("%15s", command) == 1) {
    if (command[0] == 'w') {
      take();
      print("took a token\n");
    } else {
      give();
      print("gave a token\n");
    }
  }

  for (int i = 0; i < 4; i++) signal(numbers[i], SIG_IGN);
  fcntl(tokens[0], F_SETFL, O_NONBLOCK);
  while (take()) print("kept a token\n");
  return 0;
}
