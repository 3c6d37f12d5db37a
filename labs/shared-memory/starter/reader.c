// Takes the text out of the shared memory segment and erases the segment. The handout says what is still missing.
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#define KEY 12345
#define SIZE 20

int main(void) {
  int id = shmget(KEY, SIZE, 0600);
  if (id == -1) {
    perror("shmget");
    return 1;
  }

  // Your part: attach the segment, print the text, ask the status, seal, detach, ask again, erase.

  return 0;
}
