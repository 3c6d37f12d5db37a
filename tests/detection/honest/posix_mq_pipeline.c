// Two workers take numbers out of one POSIX message queue and put their squares into another; urgent messages tell them
// to stop. Both queues are small, so all three wait for room and for messages.
// prints: sum 55, two stopped
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: not so: %s\n", __LINE__, #what), exit(1)))

enum { kItems = 5, kWorkers = 2, kStop = 0 };

static mqd_t make(const char* what, long places) {
  char name[64];
  snprintf(name, sizeof name, "/honest_%s_%d", what, getpid());
  struct mq_attr attributes = {.mq_maxmsg = places, .mq_msgsize = sizeof(int)};
  const mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  CHECK(queue >= 0 && mq_unlink(name) == 0);
  return queue;
}

static void put(mqd_t queue, int number, unsigned priority) {
  CHECK(mq_send(queue, (const char*)&number, sizeof number, priority) == 0);
}

static int take(mqd_t queue) {
  int number = -1;
  CHECK(mq_receive(queue, (char*)&number, sizeof number, NULL) == (ssize_t)sizeof number);
  return number;
}

static void work(mqd_t numbers, mqd_t squares) {
  for (int number; (number = take(numbers)) != kStop;) put(squares, number * number, 0);
  exit(0);
}

int main(void) {
  const mqd_t numbers = make("numbers", 2), squares = make("squares", 1);
  for (int i = 0; i < kWorkers; i++) {
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) work(numbers, squares);
  }
  int sum = 0;
  for (int sent = 0, got = 0; got < kItems;) {
    // As many on their way as there is room for: waiting for room while the workers wait for us would never end.
    if (sent < kItems && sent - got < 2) {
      put(numbers, ++sent, 1);
    } else {
      sum += take(squares);
      got++;
    }
  }
  for (int i = 0; i < kWorkers; i++) put(numbers, kStop, 9);
  int stopped = 0;
  for (int status; wait(&status) > 0; stopped++) CHECK(status == 0);
  CHECK(mq_close(numbers) == 0 && mq_close(squares) == 0);
  printf("sum %d, %s stopped\n", sum, stopped == 2 ? "two" : "?");
  return 0;
}
