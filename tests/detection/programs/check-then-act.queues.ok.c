// Two workers receive jobs without waiting, so that looking and taking are one operation.
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kJobs = 3, kWorkers = 2 };

static mqd_t jobs;

static mqd_t make_queue(void) {
  char name[64];
  snprintf(name, sizeof name, "/check_then_act_%d", getpid());
  struct mq_attr attributes = {.mq_maxmsg = kJobs, .mq_msgsize = sizeof(int)};
  mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK, 0600, &attributes);
  if (queue == -1 || mq_unlink(name) == -1) exit(2);
  return queue;
}

// False: none is left.
static int take(int* job) {
  if (mq_receive(jobs, (char*)job, sizeof *job, NULL) != -1) return 1;
  if (errno != EAGAIN) _exit(2);
  return 0;
}

static void work(void) {
  int job;
  while (take(&job)) continue;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void work_later(void) {
  prepare();
  work();
}

static void start(void (*body)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) body(), _exit(0);
}

int main(void) {
  jobs = make_queue();
  for (int job = 0; job < kJobs; job++)
    if (mq_send(jobs, (char*)&job, sizeof job, 0) == -1) exit(2);
  start(work);
  start(work_later);
  int failed = 0;
  for (int status; wait(&status) > 0;) failed += status != 0;
  mq_close(jobs);
  printf("failed %d\n", failed);
  return failed == 0 ? 0 : 1;
}
