// A POSIX message queue carries the index of the cell that is ready.
// prints: 0 10 20 30
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int* cells = mmap(NULL, 4 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct mq_attr attributes = {.mq_maxmsg = 2, .mq_msgsize = 1};
  mqd_t queue = mq_open("/cells", O_CREAT | O_RDWR, 0600, &attributes);
  if (queue == (mqd_t)-1) return 1;
  if (fork() == 0) {
    for (char i = 0; i < 4; i++) {
      cells[(int)i] = i * 10;
      mq_send(queue, &i, 1, 0);
    }
    _exit(0);
  }
  for (int i = 0; i < 4; i++) {
    char cell;
    mq_receive(queue, &cell, 1, NULL);
    printf("%d%c", cells[(int)cell], i < 3 ? ' ' : '\n');
  }
  wait(NULL);
  mq_close(queue);
  mq_unlink("/cells");
  return 0;
}
