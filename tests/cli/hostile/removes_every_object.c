#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void) {
  int removed = 0;
  for (int id = 0; id < 4000; ++id) {
    removed += shmctl(id, IPC_RMID, NULL) == 0;
    if (id < 2000) removed += (semctl(id, 0, IPC_RMID) == 0) + (msgctl(id, IPC_RMID, NULL) == 0);
  }
  printf("removed %d\n", removed);
  return 0;
}
