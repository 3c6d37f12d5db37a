/* Maps the agent's memory, which it can find through its environment, and overwrites it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
  const char *path = getenv("JITTERLAB_CONTROL");
  int file = path ? open(path, O_RDWR) : -1;
  if (file < 0) return 0;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) memset(memory, 0x5a, 4096);
  return 0;
}
