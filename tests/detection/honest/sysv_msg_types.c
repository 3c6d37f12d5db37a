// Messages taken by type, by lowest type, by "any other type", too long (refused, then cut), and one of a type that
// its receiver has to wait for while another message is there.
// prints: types in order
// prints: waited for type 9
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
  long type;
  char text[8];
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

static void send_text(int queue, long type, const char* text) {
  struct message message = {.type = type};
  strcpy(message.text, text);
  CHECK(TEMP_FAILURE_RETRY(msgsnd(queue, &message, strlen(text) + 1, 0)) == 0);
}

static void expect_text(int queue, long type, int flags, const char* text) {
  struct message message = {.type = 0};
  CHECK(TEMP_FAILURE_RETRY(msgrcv(queue, &message, sizeof message.text, type, flags)) == (ssize_t)strlen(text) + 1);
  CHECK(strcmp(message.text, text) == 0);
}

static void take_by_type(int queue) {
  send_text(queue, 3, "three");
  send_text(queue, 1, "one");
  send_text(queue, 2, "two");
  send_text(queue, 1, "uno");
  send_text(queue, 4, "four");
  expect_text(queue, 2, 0, "two");
  expect_text(queue, -2, 0, "one");
  expect_text(queue, -2, 0, "uno");
  struct message message;
  CHECK(msgrcv(queue, &message, sizeof message.text, -2, IPC_NOWAIT) == -1 && errno == ENOMSG);
  CHECK(msgrcv(queue, &message, 2, 3, 0) == -1 && errno == E2BIG);
  CHECK(msgrcv(queue, &message, 2, 3, MSG_NOERROR) == 2 && memcmp(message.text, "th", 2) == 0);
  send_text(queue, 5, "five");
  expect_text(queue, 4, MSG_EXCEPT, "five");
  expect_text(queue, 0, 0, "four");
  CHECK(msgrcv(queue, &message, sizeof message.text, 0, IPC_NOWAIT) == -1 && errno == ENOMSG);
}

int main(void) {
  const int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  CHECK(queue >= 0);
  take_by_type(queue);
  printf("types in order\n");
  fflush(stdout);

  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    expect_text(queue, 9, 0, "nine");
    _exit(0);
  }
  send_text(queue, 8, "eight");
  send_text(queue, 9, "nine");
  expect_success(child);
  expect_text(queue, 0, IPC_NOWAIT, "eight");
  printf("waited for type 9\n");
  CHECK(msgctl(queue, IPC_RMID, NULL) == 0);
  return 0;
}
