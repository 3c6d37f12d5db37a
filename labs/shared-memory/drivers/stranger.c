// Makes a segment at the key of the lab that nobody may attach, and leaves it there.
//
// The mode 0000 keeps out its owner too, because in some sandboxes this program has the same user id as the student's.
// A reader whose shmget asks for no permissions gets past shmget and meets the refusal at shmat.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void) {
  if (shmget(12345, 20, IPC_CREAT | IPC_EXCL | 0000) == -1) {
    perror("stranger: shmget");
    return 1;
  }
  return 0;
}
