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
  if (fork() == 0) { if (strcmp(b->text, "end") == 0) line[0] = 1; return 0; }
  strcpy(b->text, "x");
  wait(0);
  shmctl(id, IPC_RMID, 0);
  return 0;
}
