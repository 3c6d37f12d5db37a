// The program starts itself again with exec; both find the segment by its key. A pipe says when the answer is there.
// prints: 42
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEY 0x4a4c

int main(int argc, char** argv) {
  int id = shmget(KEY, 2 * sizeof(int), IPC_CREAT | 0600);
  int* shared = shmat(id, NULL, 0);
  if (argc > 1) {
    shared[1] = shared[0] * 2;
    write(atoi(argv[1]), "!", 1);
    return 0;
  }
  int answer[2];
  pipe(answer);
  shared[0] = 21;
  if (fork() == 0) {
    char end[12];
    sprintf(end, "%d", answer[1]);
    execl("/proc/self/exe", argv[0], end, (char*)NULL);
    _exit(1);
  }
  char byte;
  read(answer[0], &byte, 1);
  printf("%d\n", shared[1]);
  wait(NULL);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
