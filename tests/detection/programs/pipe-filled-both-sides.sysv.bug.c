// Requests and answers share one queue with room for one message: a second request may take the place that the first
// answer needs, and then the server waits for room and the clients wait for answers.
// shows: deadlock
// deadlock: circular-wait
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kRequest = 1, kAnswer = 2, kClients = 2 };

struct message {
  long type;
  char text[8];
};

static int requests;
static int answers;

static int make_queue(void) {
  int queue = msgget(IPC_PRIVATE, 0600);
  struct msqid_ds status;
  if (queue == -1 || msgctl(queue, IPC_STAT, &status) == -1) exit(2);
  status.msg_qbytes = sizeof(((struct message*)NULL)->text);
  if (msgctl(queue, IPC_SET, &status) == -1) exit(2);
  return queue;
}

static void put(int queue, long type) {
  struct message message = {.type = type, .text = "text"};
  while (msgsnd(queue, &message, sizeof message.text, 0) == -1)
    if (errno != EINTR) _exit(2);
}

static void get(int queue, long type) {
  struct message message;
  while (msgrcv(queue, &message, sizeof message.text, type, 0) == -1)
    if (errno != EINTR) _exit(2);
}

static void ask(void) {
  put(requests, kRequest);
  get(answers, kAnswer);
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void ask_later(void) {
  prepare();
  ask();
}

static void serve(void) {
  for (int i = 0; i < kClients; i++) {
    get(requests, kRequest);
    put(answers, kAnswer);
  }
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

int main(void) {
  requests = make_queue();
  answers = requests;
  start(ask);
  start(serve);
  start(ask_later);
  int failed = 0;
  for (int status; wait(&status) > 0;) failed += status != 0;
  msgctl(requests, IPC_RMID, NULL);
  msgctl(answers, IPC_RMID, NULL);
  printf("failed %d\n", failed);
  return failed == 0 ? 0 : 1;
}
