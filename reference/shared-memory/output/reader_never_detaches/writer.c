#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/types.h>

#define MAXMEMSIZE 20

int main(void) {
  int shared_memory_id = 12345;
  char text[256];
  char* sharedmempointer;
  struct shmid_ds info;

  if (fgets(text, sizeof(text), stdin) == NULL) return 1;
  text[strcspn(text, "\n")] = '\0';

  // open the segment
  int id = shmget(shared_memory_id, MAXMEMSIZE, IPC_CREAT | 0600);
  if (id < 0) {
    perror("shmget");
    exit(1);
  }

  // attach it
  sharedmempointer = shmat(id, 0, 0);
  if (sharedmempointer == (char*)-1) {
    perror("shmat");
    exit(1);
  }

  // write
  strncpy(sharedmempointer, text, MAXMEMSIZE - 1);
  sharedmempointer[MAXMEMSIZE - 1] = '\0';
  strcpy(text, sharedmempointer);

  // detach it
  if (shmdt(sharedmempointer) < 0) perror("shmdt");

  // status
  shmctl(id, IPC_STAT, &info);
  printf("detached, attached %d\n", (int)info.shm_nattch);
  printf("writer put %s\n", text);
  return 0;
}
