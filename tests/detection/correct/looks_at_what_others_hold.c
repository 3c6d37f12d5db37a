// A parent that asks the kernel, again and again, what its child has come to: how many have attached a segment, and who
// has locked a file. Either says that what the child wrote before is there.
// prints: 3 4
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  const int file = open("held.lock", O_CREAT | O_RDWR, 0600);
  int *table = mmap(NULL, 2 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int *attached = shmat(segment, NULL, 0);
  int done[2];
  if (segment < 0 || file < 0 || table == MAP_FAILED || attached == (void *)-1 || pipe(done) != 0) exit(2);

  if (fork() == 0) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char byte;
    close(done[1]);
    table[0] = 3;
    shmdt(attached);
    table[1] = 4;
    fcntl(file, F_SETLK, &lock);
    _exit(read(done[0], &byte, 1) != 0);
  }

  struct shmid_ds status;
  for (;;) {
    if (shmctl(segment, IPC_STAT, &status) != 0) exit(2);
    if (status.shm_nattch == 1) break;
    sched_yield();
  }
  const int first = table[0];
  struct flock found;
  for (;;) {
    found = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(file, F_GETLK, &found) != 0) exit(2);
    if (found.l_type != F_UNLCK) break;
    sched_yield();
  }
  printf("%d %d\n", first, table[1]);
  close(done[1]);
  wait(NULL);
  shmctl(segment, IPC_RMID, NULL);
  unlink("held.lock");
  return 0;
}
