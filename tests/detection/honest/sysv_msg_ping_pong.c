// Two processes send a number to and fro over one message queue, each adding one; type 1 goes one way, type 2 the
// other.
// prints: number 20
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
  long type;
  int number;
};

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void put(int queue, long type, int number) {
  struct message message = {type, number};
  CHECK(TEMP_FAILURE_RETRY(msgsnd(queue, &message, sizeof message.number, 0)) == 0);
}

static int take(int queue, long type) {
  struct message message = {0, 0};
  CHECK(TEMP_FAILURE_RETRY(msgrcv(queue, &message, sizeof message.number, type, 0)) == sizeof message.number);
  return message.number;
}

int main(void) {
  const int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  CHECK(queue >= 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    for (int round = 0; round < 10; ++round) put(queue, 2, take(queue, 1) + 1);
    _exit(0);
  }
  int number = 0;
  for (int round = 0; round < 10; ++round) {
    put(queue, 1, number + 1);
    const int answer = take(queue, 2);
    CHECK(answer == number + 2);
    number = answer;
  }
  expect_success(child);
  struct msqid_ds record;
  CHECK(msgctl(queue, IPC_STAT, &record) == 0 && record.msg_qnum == 0 && record.msg_lrpid == getpid());
  printf("number %d\n", number);
  CHECK(msgctl(queue, IPC_RMID, NULL) == 0);
  return 0;
}
