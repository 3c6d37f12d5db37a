// Two FIFOs: one says that the numbers are there, the other that they are sorted.
// prints: 1 2 5 9
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int compare(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }

int main(void) {
  int id = shmget(IPC_PRIVATE, 4 * sizeof(int), IPC_CREAT | 0600);
  int* numbers = shmat(id, NULL, 0);
  mkfifo("go", 0600);
  mkfifo("done", 0600);
  if (fork() == 0) {
    char line[8];
    int go = open("go", O_RDONLY);
    read(go, line, sizeof line);
    qsort(numbers, 4, sizeof(int), compare);
    int done = open("done", O_WRONLY);
    write(done, "done\n", 5);
    exit(0);
  }
  char line[8];
  int go = open("go", O_WRONLY);
  numbers[0] = 9, numbers[1] = 2, numbers[2] = 5, numbers[3] = 1;
  write(go, "go\n", 3);
  int done = open("done", O_RDONLY);
  read(done, line, sizeof line);
  printf("%d %d %d %d\n", numbers[0], numbers[1], numbers[2], numbers[3]);
  wait(NULL);
  unlink("go");
  unlink("done");
  shmdt(numbers);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
