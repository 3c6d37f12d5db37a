// Clients put a number into their own cell and ask; the server answers with a message of the client's process id.
// prints: 1 4 9
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
  long type;
  struct {
    int cell;
    int client;
  } body;
};

int main(void) {
  int segment = shmget(IPC_PRIVATE, 3 * sizeof(int), 0600 | IPC_CREAT);
  int* cells = shmat(segment, NULL, 0);
  int queue = msgget(IPC_PRIVATE, 0600 | IPC_CREAT);
  int seen[3];
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      struct message message = {1, {i, getpid()}};
      cells[i] = i + 1;
      msgsnd(queue, &message, sizeof message.body, 0);
      msgrcv(queue, &message, sizeof message.body, getpid(), 0);
      _exit(cells[i]);
    }
  }
  for (int i = 0; i < 3; i++) {
    struct message message;
    msgrcv(queue, &message, sizeof message.body, 1, 0);
    int cell = message.body.cell;
    cells[cell] = cells[cell] * cells[cell];
    message.type = message.body.client;
    msgsnd(queue, &message, sizeof message.body, 0);
  }
  int status;
  while (wait(&status) > 0)
    if (!WIFEXITED(status)) return 1;
  for (int i = 0; i < 3; i++) seen[i] = cells[i];
  printf("%d %d %d\n", seen[0], seen[1], seen[2]);
  shmdt(cells);
  shmctl(segment, IPC_RMID, NULL);
  msgctl(queue, IPC_RMID, NULL);
  return 0;
}
