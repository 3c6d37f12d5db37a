#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/types.h>

#define MAXMEMSIZE 20

int main(void) {
  int shared_memory_id = 12345;
  char* sharedmempointer;
  struct shmid_ds info;

  // open the segment
  int id = shmget(shared_memory_id, MAXMEMSIZE, 0600);
  if (id < 0) {
    printf("reader failed: no segment\n");
    exit(1);
  }

  // attach it
  sharedmempointer = shmat(id, 0, 0);
  if (sharedmempointer == (char*)-1) {
    printf("reader failed: cannot attach\n");
    exit(1);
  }

  // read
  printf("reader got %s\n", sharedmempointer);

  // status
  shmctl(id, IPC_STAT, &info);
  printf("status %d bytes, mode %o, attached %d\n", (int)info.shm_segsz, info.shm_perm.mode & 0777,
         (int)info.shm_nattch);

  // read only from now on
  info.shm_perm.mode = 0400;
  shmctl(id, IPC_SET, &info);
  shmctl(id, IPC_STAT, &info);
  printf("sealed, mode %o\n", info.shm_perm.mode & 0777);

  // detach it
  if (shmdt(sharedmempointer) < 0) perror("shmdt");
  shmctl(id, IPC_STAT, &info);
  printf("detached, attached %d\n", (int)info.shm_nattch);

  // erase it
  if (shmctl(id, IPC_RMID, 0) < 0) perror("shmctl");
  return 0;
}
