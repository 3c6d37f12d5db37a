// Three processes in a ring count in shared memory; who has the byte that goes round through pipes may count.
// prints: 12
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int ring[3][2];
  for (int i = 0; i < 3; i++) pipe(ring[i]);
  for (int me = 0; me < 3; me++) {
    if (fork() != 0) continue;
    for (int round = 0; round < 4; round++) {
      char token;
      read(ring[me][0], &token, 1);
      *count = *count + 1;
      write(ring[(me + 1) % 3][1], &token, 1);
    }
    _exit(0);
  }
  write(ring[0][1], "t", 1);
  while (wait(NULL) > 0) continue;
  printf("%d\n", *count);
  return 0;
}
