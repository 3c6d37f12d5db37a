// tokens: a counter s, the commands `wait` and `signal` on standard input, and interrupts that bring tokens.
//
// This compiles, carries out every command and ends. What is missing: Wait does not wait, and nothing keeps an interrupt
// from coming in the middle of Wait, of Signal, or of the counting at the end.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t s = 0;

// when s > 0: s--
static void Wait(void) { s--; }

static void Signal(void) { s++; }

// In a handler: write(), not printf(). See "What a handler may do" in the handout.
static void print_from_handler(const char* line) {
  if (write(STDOUT_FILENO, line, strlen(line)) == -1) _exit(1);
}

static void brings_token(int number) {
  (void)number;
  Signal();
  print_from_handler("an interrupt gave a token\n");
}

static void brings_nothing(int number) {
  (void)number;
  print_from_handler("an interrupt gave nothing\n");
}

static void install(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  if (sigaction(number, &action, NULL) == -1) perror("sigaction");
}

int main(void) {
  char line[80];
  setvbuf(stdout, NULL, _IOLBF, 0);

  install(SIGUSR1, brings_token);
  install(SIGUSR2, brings_token);
  install(SIGALRM, brings_token);
  install(SIGHUP, brings_nothing);

  while (fgets(line, sizeof line, stdin) != NULL) {
    if (strcmp(line, "wait\n") == 0) {
      Wait();
      printf("took a token\n");
    } else if (strcmp(line, "signal\n") == 0) {
      Signal();
      printf("gave a token\n");
    }
  }

  for (; s > 0; s--) printf("kept a token\n");
  return 0;
}
