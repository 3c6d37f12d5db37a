// What POSIX message queues do, one case per argument. Ends with 0 when all was as it must be; the cases whose names
// begin with "stuck" never end.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s, errno %d\n", __LINE__, #what, errno), _exit(1)))

enum { kSize = 8, kPlaces = 2, kItems = 5 };
static char name[64];
static mqd_t queue;

static pid_t start(void (*body)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) body(), _exit(0);
  return child;
}

static void expect_end(pid_t child) {
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static void put(char item) { CHECK(mq_send(queue, &item, 1, 0) == 0); }
static char take(void) {
  char text[kSize] = "";
  CHECK(mq_receive(queue, text, kSize, NULL) == 1);
  return text[0];
}

// More than there is room for: both sides wait, and the order stays.
static void put_all(void) {
  for (char i = 0; i < kItems; i++) put(i);
}
static void in_order(void) {
  const pid_t child = start(put_all);
  for (char i = 0; i < kItems; i++) CHECK(take() == i);
  expect_end(child);
}

static void priorities(void) {
  CHECK(mq_send(queue, "a", 1, 1) == 0 && mq_send(queue, "b", 1, 7) == 0);
  unsigned priority = 0;
  char text[kSize];
  CHECK(mq_receive(queue, text, kSize, &priority) == 1 && text[0] == 'b' && priority == 7);
  CHECK(mq_receive(queue, text, kSize, &priority) == 1 && text[0] == 'a' && priority == 1);
}

// Calls that fail at once, though the queue is empty, or full.
static void failures(void) {
  char text[kSize];
  CHECK(mq_receive(queue, text, kSize - 1, NULL) == -1 && errno == EMSGSIZE);
  const struct timespec wrong = {0, -1};
  CHECK(mq_timedreceive(queue, text, kSize, NULL, &wrong) == -1 && errno == EINVAL);
  const mqd_t writer = mq_open(name, O_WRONLY), reader = mq_open(name, O_RDONLY);
  CHECK(mq_receive(writer, text, kSize, NULL) == -1 && errno == EBADF);
  CHECK(mq_receive(-1, text, kSize, NULL) == -1 && errno == EBADF);
  put(1), put(2);
  CHECK(mq_send(reader, "x", 1, 0) == -1 && errno == EBADF);
  CHECK(mq_send(queue, "123456789", 9, 0) == -1 && errno == EMSGSIZE);
  CHECK(mq_send(queue, "x", 1, 32768) == -1 && errno == EINVAL);
  CHECK(mq_close(writer) == 0 && mq_close(reader) == 0);
}

static void without_blocking(void) {
  const mqd_t now = mq_open(name, O_RDWR | O_NONBLOCK);
  char text[kSize];
  CHECK(mq_receive(now, text, kSize, NULL) == -1 && errno == EAGAIN);
  CHECK(mq_send(now, "a", 1, 0) == 0 && mq_send(now, "b", 1, 0) == 0);
  CHECK(mq_send(now, "c", 1, 0) == -1 && errno == EAGAIN);
  struct mq_attr attributes = {0}, old;
  CHECK(mq_getattr(now, &attributes) == 0 && attributes.mq_curmsgs == 2 && (attributes.mq_flags & O_NONBLOCK));
  // A child that tries until there is room.
  const pid_t child = fork();
  if (child == 0) {
    while (mq_send(now, "c", 1, 0) != 0) CHECK(errno == EAGAIN);
    _exit(0);
  }
  for (int i = 0; i < 3; i++) CHECK(take() == 'a' + i);
  expect_end(child);
  attributes.mq_flags = 0;
  CHECK(mq_setattr(now, &attributes, &old) == 0 && (old.mq_flags & O_NONBLOCK));
  CHECK(mq_getattr(now, &attributes) == 0 && attributes.mq_flags == 0);
}

static struct timespec in_seconds(int seconds) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  time.tv_sec += seconds;
  return time;
}

// Nobody sends: hours pass at once. With somebody who does, the limit does not come, however late he is.
static void put_late(void) {
  sleep(3600);
  put('l');
}
static void limits(void) {
  char text[kSize];
  struct timespec limit = in_seconds(7200);
  CHECK(mq_timedreceive(queue, text, kSize, NULL, &limit) == -1 && errno == ETIMEDOUT);
  CHECK(time(NULL) >= limit.tv_sec);
  put(1), put(2);
  limit = in_seconds(60);
  CHECK(mq_timedsend(queue, "x", 1, 0, &limit) == -1 && errno == ETIMEDOUT);
  CHECK(take() == 1 && take() == 2);
  limit = in_seconds(0);
  put(3);
  CHECK(mq_timedreceive(queue, text, kSize, NULL, &limit) == 1 && text[0] == 3);
}
static void late(void) {
  const pid_t child = start(put_late);
  const struct timespec limit = in_seconds(1 << 20);
  char text[kSize];
  CHECK(mq_timedreceive(queue, text, kSize, NULL, &limit) == 1 && text[0] == 'l');
  expect_end(child);
}

static volatile sig_atomic_t handled;
static void count(int number) {
  (void)number;
  handled++;
}
static void handle(int number, int flags) {
  struct sigaction action = {.sa_handler = count, .sa_flags = flags};
  CHECK(sigaction(number, &action, NULL) == 0);
}

// One that comes before the wait is lost; the alarm comes again.
static void interrupted(void) {
  handle(SIGALRM, 0);
  const struct itimerval every = {{1, 0}, {1, 0}}, never = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &every, NULL);
  char text[kSize];
  CHECK(mq_receive(queue, text, kSize, NULL) == -1 && errno == EINTR && handled > 0);
  put(1), put(2);
  CHECK(mq_send(queue, "x", 1, 0) == -1 && errno == EINTR);
  setitimer(ITIMER_REAL, &never, NULL);
}
static void take_two_later(void) {
  sleep(5);
  CHECK(take() == 1 && take() == 2);
}
static void restarted(void) {
  handle(SIGALRM, SA_RESTART);
  put(1), put(2);
  const pid_t child = start(take_two_later);
  alarm(1);
  put(3);
  while (waitpid(child, NULL, 0) != child) CHECK(errno == EINTR);
  CHECK(take() == 3);
  alarm(0);
}

static void put_one(void) { put('n'); }
// A message for the empty queue sends one signal.
static void notifies(void) {
  handle(SIGUSR1, 0);
  sigset_t set, before;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  CHECK(sigprocmask(SIG_BLOCK, &set, &before) == 0);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  event.sigev_value.sival_int = 42;
  CHECK(mq_notify(queue, &event) == 0);
  CHECK(mq_notify(queue, &event) == -1 && errno == EBUSY);
  const pid_t child = start(put_one);
  siginfo_t information;
  CHECK(sigwaitinfo(&set, &information) == SIGUSR1);
  CHECK(information.si_code == SI_MESGQ && information.si_value.sival_int == 42);
  CHECK(take() == 'n');
  expect_end(child);
  put_one();
  CHECK(mq_notify(queue, &event) == 0);  // not empty: nothing comes
  put_one();
  CHECK(take() == 'n' && take() == 'n');
  const struct timespec second = {1, 0};
  CHECK(sigtimedwait(&set, NULL, &second) == -1 && errno == EAGAIN);
  CHECK(mq_notify(queue, NULL) == 0);
  event.sigev_notify = SIGEV_NONE;
  CHECK(mq_notify(queue, &event) == 0);
  put_one();
  CHECK(take() == 'n' && sigtimedwait(&set, NULL, &second) == -1);
}
// A handler, in the process that sends.
static void notifies_oneself(void) {
  handle(SIGUSR1, 0);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  CHECK(mq_notify(queue, &event) == 0);
  put_one();
  CHECK(handled == 1 && take() == 'n');
}

static void polls(void) {
  struct pollfd one = {queue, POLLIN, 0};
  CHECK(poll(&one, 1, 100) == 0);
  const pid_t child = start(put_one);
  CHECK(poll(&one, 1, -1) == 1 && one.revents == POLLIN && take() == 'n');
  expect_end(child);
}

// A child that takes two while two send: whoever waits is not overtaken for ever, and nothing is lost.
static void several(void) {
  const pid_t first = start(put_all), second = start(put_all);
  int sum = 0;
  for (int i = 0; i < 2 * kItems; i++) sum += take();
  CHECK(sum == kItems * (kItems - 1));
  expect_end(first), expect_end(second);
}

static void stuck_empty(void) { take(); }
static void stuck_full(void) { put(1), put(2), put(3); }
static void stuck_both(void) {
  start(stuck_empty);
  take();
}

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"in_order", in_order}, {"priorities", priorities}, {"failures", failures},
               {"without_blocking", without_blocking}, {"limits", limits}, {"late", late},
               {"interrupted", interrupted}, {"restarted", restarted}, {"notifies", notifies},
               {"notifies_oneself", notifies_oneself}, {"polls", polls}, {"several", several},
               {"stuck_empty", stuck_empty}, {"stuck_full", stuck_full}, {"stuck_both", stuck_both}};
  struct mq_attr attributes = {.mq_maxmsg = kPlaces, .mq_msgsize = kSize};
  snprintf(name, sizeof name, "/queue_ways-%d", getpid());
  CHECK(count == 2 && (queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes)) >= 0);
  const int stays = strcmp(values[1], "failures") == 0 || strcmp(values[1], "without_blocking") == 0;
  if (!stays) CHECK(mq_unlink(name) == 0);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) != 0) continue;
    cases[i].body();
    if (stays) CHECK(mq_unlink(name) == 0);
    return 0;
  }
  return 2;
}
