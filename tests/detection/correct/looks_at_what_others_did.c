// Processes that ask the kernel, again and again, what another has done: that it waits for a semaphore, has put something
// into a pipe, has made a file longer, has moved the position in it, is no longer there. Each says that what it wrote
// before is there.
// prints: 1 2 3 4 5
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void change(int set, short by) {
  struct sembuf operation = {0, by, 0};
  if (semop(set, &operation, 1) != 0) exit(1);
}

// A child whose own child looks for its end.
static void orphan(const int* number, int answers) {
  const pid_t parent = getpid();
  if (fork() != 0) return;
  while (getppid() == parent) sched_yield();
  _exit(write(answers, number, sizeof *number) == sizeof *number ? 0 : 1);
}

int main(void) {
  int* numbers = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  const int set = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  int bytes[2], answers[2];
  FILE* file = tmpfile();
  if (numbers == MAP_FAILED || set < 0 || semctl(set, 0, SETVAL, 0) != 0 || file == NULL || pipe(bytes) != 0 ||
      pipe(answers) != 0)
    return 1;
  const int fd = fileno(file);

  if (fork() == 0) {
    numbers[0] = 1;
    change(set, -1);
    numbers[1] = 2;
    if (write(bytes[1], "x", 1) != 1) _exit(1);
    change(set, -1);
    numbers[2] = 3;
    if (ftruncate(fd, 8) != 0) _exit(1);
    change(set, -1);
    numbers[3] = 4;
    if (lseek(fd, 4, SEEK_SET) != 4) _exit(1);
    change(set, -1);
    orphan(&numbers[4], answers[1]);
    numbers[4] = 5;
    _exit(0);
  }
  while (semctl(set, 0, GETNCNT) != 1) sched_yield();
  printf("%d ", numbers[0]);
  change(set, 1);

  int ready = 0;
  while (ioctl(bytes[0], FIONREAD, &ready) == 0 && ready == 0) sched_yield();
  printf("%d ", numbers[1]);
  change(set, 1);

  struct stat status;
  while (fstat(fd, &status) == 0 && status.st_size != 8) sched_yield();
  printf("%d ", numbers[2]);
  change(set, 1);

  while (lseek(fd, 0, SEEK_CUR) != 4) sched_yield();
  printf("%d ", numbers[3]);
  change(set, 1);

  int last = 0;
  if (read(answers[0], &last, sizeof last) != sizeof last) return 1;
  printf("%d\n", last);
  wait(NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
