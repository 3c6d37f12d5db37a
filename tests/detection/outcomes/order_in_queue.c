// Two processes send two letters each into a message queue: six orders.
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
  long type;
  char letter;
};

static void send_letters(int queue, char first) {
  for (int i = 0; i < 2; i++) {
    struct message message = {1, (char)(first + i)};
    msgsnd(queue, &message, 1, 0);
  }
  _exit(0);
}

int main(void) {
  const int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  if (fork() == 0) send_letters(queue, 'a');
  if (fork() == 0) send_letters(queue, 'x');
  while (wait(NULL) > 0) continue;
  struct message message;
  char word[5] = "";
  for (int i = 0; i < 4 && msgrcv(queue, &message, 1, 0, 0) == 1; i++) word[i] = message.letter;
  msgctl(queue, IPC_RMID, NULL);
  puts(word);
}
