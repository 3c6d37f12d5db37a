// A worker counts in its own memory until SIGTERM; its handler only sets a flag. The count is read after waitpid.
// prints: stopped
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static void on_term(int number) {
  (void)number;
  stop = 1;
}

int main(void) {
  long* count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ready[2];
  pipe(ready);
  pid_t worker = fork();
  if (worker == 0) {
    signal(SIGTERM, on_term);
    write(ready[1], "r", 1);
    while (!stop) {
      ++*count;
      usleep(10);
    }
    _exit(0);
  }
  char byte;
  read(ready[0], &byte, 1);
  kill(worker, SIGTERM);
  waitpid(worker, NULL, 0);
  printf("%s\n", *count >= 0 ? "stopped" : "?");
  return 0;
}
