// A timer interrupts a loop of shared accesses; the handler makes one too. Ends with 0 when the handler ran often
// enough and errno was never touched.
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/time.h>

static volatile int* shared;

static void tick(int number) {
  (void)number;
  shared[0]++;
}

int main(void) {
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct sigaction action = {.sa_handler = tick};
  sigaction(SIGALRM, &action, NULL);
  struct itimerval often = {{0, 500}, {0, 500}};
  setitimer(ITIMER_REAL, &often, NULL);
  errno = EDOM;
  while (shared[0] < 200) {
    shared[1] = shared[1] + 1;
    if (errno != EDOM) return 1;
  }
  return 0;
}
