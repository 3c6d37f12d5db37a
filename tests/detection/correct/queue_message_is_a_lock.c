// One message in a queue is the lock of a segment, which is erased right after it was attached.
// prints: total 10
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/wait.h>

struct token {
  long type;
  char nothing[1];
};

int queue;

void lock(void) {
  struct token token;
  if (msgrcv(queue, &token, 1, 1, 0) < 0) exit(1);
}
void unlock(void) {
  struct token token = {1, {0}};
  if (msgsnd(queue, &token, 1, 0) < 0) exit(1);
}

int main(void) {
  int segment = shmget(IPC_PRIVATE, 2 * sizeof(int), IPC_CREAT | 0600);
  int* values = shmat(segment, NULL, 0);
  shmctl(segment, IPC_RMID, NULL);
  queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  unlock();
  for (int child = 1; child <= 2; child++) {
    if (fork() == 0) {
      for (int i = 0; i < 2; i++) {
        lock();
        values[0] += 1;
        values[1] += child + i;
        unlock();
      }
      exit(0);
    }
  }
  while (wait(NULL) > 0) {
  }
  printf("total %d\n", values[0] + values[1] - 2);
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}
