// A child's signals interrupt its parent in semop, msgrcv, read and nanosleep, without SA_RESTART; every call goes on
// where it was. How many signals are merged is left open.
// prints one of: handled 1 | handled 2 | handled 3
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
};

struct message {
  long type;
  int number;
};

static volatile sig_atomic_t handled;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void change(int semaphores, unsigned short number, short by) {
  struct sembuf operation = {number, by, 0};
  CHECK(TEMP_FAILURE_RETRY(semop(semaphores, &operation, 1)) == 0);
}

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void count(int signal) {
  (void)signal;
  ++handled;
}

static void disturb(pid_t parent, int semaphores, int queue, int out) {
  struct message message = {1, 42};
  CHECK(kill(parent, SIGUSR1) == 0);
  change(semaphores, 0, 1);
  CHECK(kill(parent, SIGUSR1) == 0);
  CHECK(msgsnd(queue, &message, sizeof message.number, 0) == 0);
  CHECK(kill(parent, SIGUSR1) == 0);
  CHECK(write(out, "x", 1) == 1);
}

static void sleep_milliseconds(long milliseconds) {
  struct timespec left = {0, milliseconds * 1000000};
  while (nanosleep(&left, &left) == -1) CHECK(errno == EINTR);
}

int main(void) {
  struct sigaction action = {.sa_handler = count};
  CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
  const int semaphores = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  const int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  int ends[2];
  CHECK(semaphores >= 0 && queue >= 0 && pipe(ends) == 0);
  CHECK(semctl(semaphores, 0, SETVAL, (union semun){.val = 0}) == 0);
  const pid_t parent = getpid();
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    disturb(parent, semaphores, queue, ends[1]);
    _exit(0);
  }
  change(semaphores, 0, -1);
  sleep_milliseconds(2);
  struct message message = {0, 0};
  CHECK(TEMP_FAILURE_RETRY(msgrcv(queue, &message, sizeof message.number, 0, 0)) == sizeof message.number);
  CHECK(message.number == 42);
  char byte = 0;
  CHECK(TEMP_FAILURE_RETRY(read(ends[0], &byte, 1)) == 1 && byte == 'x');
  expect_success(child);
  while (handled == 0) usleep(500);
  const int times = handled;
  CHECK(times <= 3);
  printf("handled %d\n", times);
  CHECK(semctl(semaphores, 0, IPC_RMID) == 0 && msgctl(queue, IPC_RMID, NULL) == 0);
  return 0;
}
