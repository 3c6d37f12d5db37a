// The end of a pipe tells that its writers have closed it or ended; a full pipe, emptied, that its reader has come; the
// end of a child that was killed, that it does nothing more.
// prints: 5 7 9
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int* shared;

static void until_the_end(int fd) {
  char bytes[64];
  while (read(fd, bytes, sizeof bytes) > 0) continue;
}

int main(void) {
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ends[2], full[2];
  if (pipe(ends) != 0 || pipe(full) != 0) return 1;
  if (fork() == 0) {
    shared[0] = 2;
    close(ends[1]);
    pause();
  }
  if (fork() == 0) {
    shared[1] = 3;
    _exit(0);
  }
  close(ends[1]);
  until_the_end(ends[0]);
  const int sum = shared[0] + shared[1];
  static char bytes[1 << 16];
  if (write(full[1], bytes, sizeof bytes) != sizeof bytes) return 1;
  if (fork() == 0) {
    shared[2] = 7;
    close(full[1]);
    until_the_end(full[0]);
    _exit(0);
  }
  if (write(full[1], bytes, 4096) != 4096) return 1;
  const int seen = shared[2];
  close(full[1]);
  const pid_t killed = fork();
  if (killed == 0)
    for (;;) shared[3] = 9, usleep(100);
  usleep(1000);
  kill(killed, SIGKILL);
  waitpid(killed, NULL, 0);
  shared[3] = 9;
  signal(SIGTERM, SIG_IGN);
  kill(0, SIGTERM);
  while (wait(NULL) > 0) continue;
  printf("%d %d %d\n", sum, seen, shared[3]);
  return 0;
}
