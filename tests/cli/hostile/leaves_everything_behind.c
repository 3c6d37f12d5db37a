#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  shmget(12345, 64, IPC_CREAT | 0600);
  semget(12345, 2, IPC_CREAT | 0600);
  msgget(12345, IPC_CREAT | 0600);
  sem_open("/left", O_CREAT, 0600, 1);
  shm_open("/left", O_CREAT | O_RDWR, 0600);
  mq_open("/left", O_CREAT | O_RDWR, 0600, NULL);
  mkfifo("left.fifo", 0600);
  close(open("/tmp/left", O_CREAT | O_WRONLY, 0600));
  char name[] = "d";
  for (int depth = 0; depth < 2000; ++depth) {
    if (mkdir(name, 0700) != 0 || chdir(name) != 0) break;
  }
  if (fork() == 0) pause();
  return 0;
}
