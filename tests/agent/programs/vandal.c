// Overwrites the control area. The argument says with which byte.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char** arguments) {
  int byte = count > 1 ? atoi(arguments[1]) : 0;
  int fd = open(getenv("JITTERLAB_CONTROL"), O_RDWR);
  struct stat status;
  fstat(fd, &status);
  unsigned char* area = mmap(NULL, status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  // Leaves the counters before the table alone, so that the damage can still be counted.
  for (long i = 32; i < status.st_size; i++) area[i] = byte;
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) execlp("true", "true", NULL);
  }
  while (wait(NULL) > 0) continue;
  puts("still here");
  return 0;
}
