// Parent and child take turns with SIGUSR1, blocked but in sigsuspend; each adds its letter to a shared string.
// prints: pcpcpc
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t my_turn;
static void on_turn(int number) {
  (void)number;
  my_turn = 1;
}

static void wait_for_turn(const sigset_t* open) {
  while (!my_turn) sigsuspend(open);
  my_turn = 0;
}

int main(void) {
  char* text = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sigset_t block, open;
  struct sigaction action = {.sa_handler = on_turn};
  sigaction(SIGUSR1, &action, NULL);
  sigemptyset(&block);
  sigaddset(&block, SIGUSR1);
  sigprocmask(SIG_BLOCK, &block, &open);
  const pid_t parent = getpid();
  const pid_t child = fork();
  for (int i = 0; i < 3; i++) {
    if (child == 0) {
      wait_for_turn(&open);
      strcat(text, "c");
      kill(parent, SIGUSR1);
    } else {
      strcat(text, "p");
      kill(child, SIGUSR1);
      wait_for_turn(&open);
    }
  }
  if (child == 0) _exit(0);
  wait(NULL);
  puts(text);
  return 0;
}
