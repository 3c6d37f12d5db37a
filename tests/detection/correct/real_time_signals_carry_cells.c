// sigqueue sends the number of the cell that was written; the parent takes the signals with sigwaitinfo.
// prints: 60
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* cells = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &set, NULL);
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      cells[i] = 10 * (i + 1);
      sigqueue(getppid(), SIGRTMIN, (union sigval){.sival_int = i});
      _exit(0);
    }
  }
  int sum = 0;
  for (int i = 0; i < 3; i++) {
    siginfo_t info;
    sigwaitinfo(&set, &info);
    sum += cells[info.si_value.sival_int];
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", sum);
  return 0;
}
