// Two processes open the file for themselves, map it, and change the mapping under flock.
// prints: 8
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void count(void) {
  int file = open("counter", O_RDWR);
  int* counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  for (int i = 0; i < 4; i++) {
    flock(file, LOCK_EX);
    *counter += 1;
    flock(file, LOCK_UN);
  }
  munmap(counter, sizeof *counter);
  close(file);
}

int main(void) {
  int file = open("counter", O_RDWR | O_CREAT | O_TRUNC, 0600);
  int value = 0;
  write(file, &value, sizeof value);
  close(file);
  for (int i = 0; i < 2; i++)
    if (fork() == 0) {
      count();
      exit(0);
    }
  while (wait(NULL) > 0) continue;
  file = open("counter", O_RDONLY);
  read(file, &value, sizeof value);
  printf("%d\n", value);
  unlink("counter");
  return 0;
}
