// The interrupts are masked all the time and let through only where the program sleeps: in Wait, and while it waits
// for a command. So nothing that it does can be interrupted, and no operation needs a mask of its own.
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

static int s, seen_tokens, seen_others;  // changed while the program sleeps, and only then
static sigset_t open_mask;
static char input[4096];
static size_t have;

static void interrupt(int number) {
  if (number == SIGHUP) {
    seen_others++;
  } else {
    s++;
    seen_tokens++;
  }
}

// What the handlers have left to be printed.
static void tell(void) {
  for (; seen_others > 0; seen_others--) puts("an interrupt gave nothing");
  for (; seen_tokens > 0; seen_tokens--) puts("an interrupt gave a token");
  fflush(stdout);
}

// False at the end of the input.
static bool next_command(char* command) {
  for (;;) {
    char* end = memchr(input, '\n', have);
    if (end != NULL) {
      const size_t size = (size_t)(end - input);
      memcpy(command, input, size);
      command[size] = '\0';
      have -= size + 1;
      memmove(input, end + 1, have);
      return true;
    }
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(STDIN_FILENO, &readable);
    const int ready = pselect(STDIN_FILENO + 1, &readable, NULL, NULL, NULL, &open_mask);
    tell();
    if (ready == -1 && errno == EINTR) continue;
    const ssize_t got = read(STDIN_FILENO, input + have, sizeof input - have);
    if (got <= 0) return false;
    have += (size_t)got;
  }
}

int main(void) {
  static char command[4096];
  sigset_t interrupts;
  struct sigaction action = {.sa_handler = interrupt};
  sigemptyset(&interrupts);
  const int numbers[] = {SIGHUP, SIGUSR1, SIGUSR2, SIGALRM};
  for (int i = 0; i < 4; i++) sigaddset(&interrupts, numbers[i]);
  action.sa_mask = interrupts;
  sigprocmask(SIG_BLOCK, &interrupts, &open_mask);
  for (int i = 0; i < 4; i++) sigaction(numbers[i], &action, NULL);

  while (next_command(command)) {
    if (strcmp(command, "wait") == 0) {
      while (s == 0) {
        sigsuspend(&open_mask);
        tell();
      }
      s--;
      puts("took a token");
    } else if (strcmp(command, "signal") == 0) {
      s++;
      puts("gave a token");
    }
    fflush(stdout);
  }
  for (; s > 0; s--) puts("kept a token");
  return 0;
}
