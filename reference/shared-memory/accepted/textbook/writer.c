// The reference writer: the steps in the order of the handout.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#define KEY 12345
#define SIZE 20

static void fail(const char* step) {
  perror(step);
  exit(1);
}

int main(void) {
  char line[1024] = "";
  if (fgets(line, sizeof line, stdin) == NULL) {
    fprintf(stderr, "There is no line of text to write.\n");
    return 1;
  }
  line[strcspn(line, "\r\n")] = '\0';
  line[SIZE - 1] = '\0';  // what does not fit is cut off

  int id = shmget(KEY, SIZE, IPC_CREAT | 0600);
  if (id == -1) fail("shmget");
  char* memory = shmat(id, NULL, 0);
  if (memory == (char*)-1) fail("shmat");
  strcpy(memory, line);
  if (shmdt(memory) == -1) fail("shmdt");

  struct shmid_ds status;
  if (shmctl(id, IPC_STAT, &status) == -1) fail("shmctl");
  printf("detached, attached %lu\n", (unsigned long)status.shm_nattch);
  printf("writer put %s\n", line);
  return 0;
}
