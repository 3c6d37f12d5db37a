// Counters in shared memory, one guarded by flock, one by a record lock, one by a file that only one can make.
// prints: 4 4 2
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int* counters;
static char name[40], other[40];

static void record(int fd, short type) {
  struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_len = 1};
  if (fcntl(fd, F_SETLKW, &lock) == -1) exit(1);
}

static void work(void) {
  const int fd = open(name, O_RDWR);
  if (fd < 0) exit(1);
  for (int i = 0; i < 2; i++) {
    if (flock(fd, LOCK_EX) != 0) exit(1);
    counters[0]++;
    if (i == 0 && flock(fd, LOCK_UN) != 0) exit(1);  // the second time the end does it
    record(fd, F_WRLCK);
    counters[1]++;
    if (i == 0) record(fd, F_UNLCK);
  }
  flock(fd, LOCK_UN);
  record(fd, F_UNLCK);
  for (int made; (made = open(other, O_CREAT | O_EXCL | O_WRONLY, 0600)) < 0;) usleep(100);
  counters[2]++;
  unlink(other);
}

int main(void) {
  counters = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  snprintf(name, sizeof name, "correct_lock_%d", (int)getpid());
  snprintf(other, sizeof other, "correct_mark_%d", (int)getpid());
  close(open(name, O_CREAT | O_RDWR, 0600));
  for (int i = 0; i < 2; i++)
    if (fork() == 0) work(), _exit(0);
  for (int status; wait(&status) > 0;)
    if (status != 0) return 1;
  unlink(name);
  printf("%d %d %d\n", counters[0], counters[1], counters[2]);
  return 0;
}
