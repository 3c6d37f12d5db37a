// One process hands a number to another. Without CORRECT it raises the flag before the number is there. Ends with 0
// when the right number arrived.
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  volatile int ready;
  volatile int number;
};

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) {
#ifdef CORRECT
    shared->number = 42;
    shared->ready = 1;
#else
    shared->ready = 1;
    shared->number = 42;
#endif
    _exit(0);
  }
  while (!shared->ready) usleep(50);
  int number = shared->number;
  wait(NULL);
  return number == 42 ? 0 : 1;
}
