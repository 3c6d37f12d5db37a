// Loops that look or try again and again, and end: each as often as it takes, many of them doing the very same for more
// than a thousand steps.
// finds: busy-waiting
// prints: flag after 2000 looks
// prints: sleeper 1
// prints: value 1
// prints: drained 1500
// prints: bytes 3000
// prints: child 7
// prints: seconds passed
// maybe races: shared[1]
// prints: input y
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static volatile int* shared;

static pid_t start(void (*work)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child != 0) return child;
  work();
  _exit(0);
}

static void await(pid_t child) { CHECK(waitpid(child, NULL, 0) == child); }

// Gives up by itself: nobody ever raises the flag.
static void look_two_thousand_times(void) {
  int looks = 0;
  while (looks < 2000 && shared[0] == 0) ++looks;
  printf("flag after %d looks\n", looks);
}

static int private_looks;

static void count_outside_of_the_stack(void) {
  while (private_looks < 2000 && shared[0] == 0) ++private_looks;
  CHECK(private_looks == 2000);
}

static void raise_after_two_seconds(void) {
  sleep(2);
  shared[1] = 1;
}

static void poll_for_a_sleeper(void) {
  const pid_t child = start(raise_after_two_seconds);
  while (shared[1] == 0) usleep(100);
  await(child);
  printf("sleeper %d\n", shared[1]);
}

static int set;

static void raise_semaphore(void) {
  struct sembuf v = {0, 1, 0};
  CHECK(semop(set, &v, 1) == 0);
}

static void poll_for_a_value(void) {
  set = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  CHECK(set >= 0 && semctl(set, 0, SETVAL, 0) == 0);
  const pid_t child = start(raise_semaphore);
  while (semctl(set, 0, GETVAL) == 0) continue;
  await(child);
  printf("value %d\n", semctl(set, 0, GETVAL));
}

static void drain_a_semaphore(void) {
  struct sembuf many = {0, 1499, 0}, p = {0, -1, IPC_NOWAIT};
  int count = 0;
  CHECK(semop(set, &many, 1) == 0);
  while (semop(set, &p, 1) == 0) ++count;
  CHECK(semctl(set, 0, IPC_RMID) == 0);
  printf("drained %d\n", count);
}

static void read_a_pipe_by_bytes(void) {
  int ends[2], count = 0;
  char bytes[3000], one;
  CHECK(pipe(ends) == 0);
  memset(bytes, 'x', sizeof bytes);
  CHECK(write(ends[1], bytes, sizeof bytes) == sizeof bytes);
  close(ends[1]);
  while (read(ends[0], &one, 1) == 1) ++count;
  close(ends[0]);
  printf("bytes %d\n", count);
}

static void end_with_seven(void) {
  sleep(1);
  _exit(7);
}

static void poll_for_a_child(void) {
  int status = 0;
  const pid_t child = start(end_with_seven);
  while (waitpid(child, &status, WNOHANG) == 0) continue;
  printf("child %d\n", WEXITSTATUS(status));
}

static void look_at_the_clock(void) {
  const time_t begin = time(NULL);
  while (shared[0] == 0 && time(NULL) < begin + 10) continue;
  CHECK(time(NULL) >= begin + 10);
  puts("seconds passed");
}

static int input[2];

static void write_late(void) {
  sleep(3);
  CHECK(write(input[1], "y", 1) == 1);
}

static void poll_for_input(void) {
  CHECK(pipe(input) == 0);
  const pid_t child = start(write_late);
  for (;;) {
    fd_set ready;
    struct timeval now = {0, 0};
    FD_ZERO(&ready);
    FD_SET(input[0], &ready);
    if (select(input[0] + 1, &ready, NULL, NULL, &now) == 1) break;
  }
  char text[2] = "";
  CHECK(read(input[0], text, 1) == 1);
  await(child);
  printf("input %s\n", text);
}

int main(void) {
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(shared != MAP_FAILED);
  look_two_thousand_times();
  count_outside_of_the_stack();
  poll_for_a_sleeper();
  poll_for_a_value();
  drain_a_semaphore();
  read_a_pipe_by_bytes();
  poll_for_a_child();
  look_at_the_clock();
  poll_for_input();
}
