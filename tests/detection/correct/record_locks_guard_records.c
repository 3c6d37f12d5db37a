// fcntl locks of parts of a file, each for one record of a shared mapping.
// prints: 4 4
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void lock_record(int file, int record, short type) {
  struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = record * 4, .l_len = 4};
  if (fcntl(file, F_SETLKW, &lock) == -1) exit(1);
}

int main(void) {
  int* record = mmap(NULL, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int file = open("locks", O_RDWR | O_CREAT, 0600);
  for (int child = 0; child < 4; child++) {
    if (fork() != 0) continue;
    for (int i = 0; i < 2; i++) {
      lock_record(file, child % 2, F_WRLCK);
      record[child % 2]++;
      lock_record(file, child % 2, F_UNLCK);
    }
    exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d %d\n", record[0], record[1]);
  unlink("locks");
  return 0;
}
