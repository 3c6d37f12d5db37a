// 500 shared mappings at once, each used by two processes; and again after all were given back.
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMappings = 500 };

int main(void) {
  static int* places[kMappings];
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < kMappings; i++) {
      places[i] = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    }
    if (fork() == 0) {
      for (int i = 0; i < kMappings; i++) *places[i] = i;
      _exit(0);
    }
    wait(NULL);
    long sum = 0;
    for (int i = 0; i < kMappings; i++) sum += *places[i];
    printf("%ld\n", sum);
    for (int i = 0; i < kMappings; i++) munmap(places[i], 4096);
  }
  return 0;
}
