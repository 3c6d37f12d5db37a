#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>
struct box { int n; char text[64]; };
int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(struct box), IPC_CREAT | 0600);
  struct box *b = shmat(id, 0, 0);
  FILE *in = fopen("/etc/passwd", "r");
  FILE *null = fopen("/dev/null", "w");
  char line[100];
  if (fork() == 0) { printf("%s\n", b->text); return 0; }
  b->text[0] = 1;
  wait(0);
  shmctl(id, IPC_RMID, 0);
  return 0;
}
