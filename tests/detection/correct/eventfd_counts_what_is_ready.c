// An eventfd as a semaphore counts the cells that are filled.
// prints: 15
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* cells = mmap(NULL, 5 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ready = eventfd(0, EFD_SEMAPHORE);
  if (fork() == 0) {
    for (int i = 0; i < 5; i++) {
      uint64_t one = 1;
      cells[i] = i + 1;
      write(ready, &one, sizeof one);
    }
    _exit(0);
  }
  int sum = 0;
  for (int i = 0; i < 5; i++) {
    uint64_t one;
    read(ready, &one, sizeof one);
    sum += cells[i];
  }
  wait(NULL);
  printf("%d\n", sum);
  return 0;
}
