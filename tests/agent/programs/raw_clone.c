/* A child made by the system call itself, which no wrapper sees, goes on after its parent has ended; another child ends
   before its parent goes on. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int *shared;

static long make(void) { return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

int main(void) {
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  long child = make();
  if (child == 0) {
    for (int i = 0; i < 10; ++i) ++*shared;
    _exit(0);
  }
  waitpid((pid_t)child, NULL, 0);
  for (int i = 0; i < 10; ++i) ++*shared;
  int ends[2];
  pipe(ends);
  if (fork() == 0) {
    pid_t middle = getpid();
    if (make() != 0) _exit(0); /* and the next one goes on, with the pipe open until its end */
    while (getppid() == middle) usleep(100);
    for (int i = 0; i < 10; ++i) ++*shared;
    _exit(0);
  }
  close(ends[1]);
  char byte;
  while (read(ends[0], &byte, 1) > 0) continue;
  printf("%d\n", *shared);
  return *shared == 30 ? 0 : 1;
}
