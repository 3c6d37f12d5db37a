// Two producers and a consumer with a message queue that holds only four messages; each producer's messages arrive in
// its order.
// prints: received 16
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMessages = 8, kCapacity = 4 };

struct message {
  long type;
  int number;
  char padding[12];
};

static const size_t kSize = sizeof(struct message) - sizeof(long);

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

static int put(int queue, long type, int number, int flags) {
  struct message message = {.type = type, .number = number};
  return (int)TEMP_FAILURE_RETRY(msgsnd(queue, &message, kSize, flags));
}

static void make_small(int queue) {
  struct msqid_ds record;
  CHECK(msgctl(queue, IPC_STAT, &record) == 0);
  record.msg_qbytes = kCapacity * kSize;
  CHECK(msgctl(queue, IPC_SET, &record) == 0);
}

static void full_queue_refuses(int queue) {
  struct message message;
  for (int i = 0; i < kCapacity; ++i) CHECK(put(queue, 1, i, IPC_NOWAIT) == 0);
  CHECK(put(queue, 1, 0, IPC_NOWAIT) == -1 && errno == EAGAIN);
  for (int i = 0; i < kCapacity; ++i) CHECK(msgrcv(queue, &message, kSize, 0, IPC_NOWAIT) == (ssize_t)kSize);
}

int main(void) {
  const int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  CHECK(queue >= 0);
  make_small(queue);
  full_queue_refuses(queue);

  pid_t producers[2];
  for (int i = 0; i < 2; ++i) {
    producers[i] = fork();
    CHECK(producers[i] >= 0);
    if (producers[i] == 0) {
      for (int number = 0; number < kMessages; ++number) CHECK(put(queue, i + 1, number, 0) == 0);
      _exit(0);
    }
  }
  int next[2] = {0, 0};
  for (int i = 0; i < 2 * kMessages; ++i) {
    struct message message;
    CHECK(TEMP_FAILURE_RETRY(msgrcv(queue, &message, kSize, 0, 0)) == (ssize_t)kSize);
    CHECK(message.type == 1 || message.type == 2);
    CHECK(message.number == next[message.type - 1]++);
  }
  for (int i = 0; i < 2; ++i) expect_success(producers[i]);
  printf("received %d\n", next[0] + next[1]);
  CHECK(msgctl(queue, IPC_RMID, NULL) == 0);
  return 0;
}
