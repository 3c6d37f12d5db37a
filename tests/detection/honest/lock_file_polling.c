// Three processes lock by making a file with O_EXCL, and sleep a little between tries. However long the one with the
// lock is held up, the others only try again.
// prints: 6
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void add_twice(int* count) {
  for (int i = 0; i < 2; i++) {
    int lock;
    while ((lock = open("lock", O_CREAT | O_EXCL | O_RDWR, 0600)) == -1 && errno == EEXIST) usleep(1000);
    ++*count;
    close(lock);
    unlink("lock");
  }
}

int main(void) {
  int* count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      add_twice(count);
      _exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", *count);
  return *count == 6 ? 0 : 1;
}
