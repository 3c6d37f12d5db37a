// Executes itself as "child" after vfork, with posix_spawn into a pipe, and after fork with the output turned into a
// pipe.
// prints: 1 2 3
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void expect_code(pid_t child, int code) {
  int status = 0;
  CHECK(child > 0 && TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == code);
}

static void expect_digit(int in, char digit) {
  char text[2];
  CHECK(TEMP_FAILURE_RETRY(read(in, text, 2)) == 1 && text[0] == digit);
  CHECK(TEMP_FAILURE_RETRY(read(in, text, 2)) == 0 && close(in) == 0);
}

static pid_t by_vfork(char* self) {
  char* const arguments[] = {self, "child", "1", NULL};
  const pid_t child = vfork();
  if (child == 0) {
    execv(self, arguments);
    _exit(127);
  }
  return child;
}

static pid_t by_spawn(char* self, int out) {
  char* const arguments[] = {self, "child", "2", NULL};
  posix_spawn_file_actions_t actions;
  pid_t child = -1;
  CHECK(posix_spawn_file_actions_init(&actions) == 0 && posix_spawn_file_actions_adddup2(&actions, out, 1) == 0);
  CHECK(posix_spawn(&child, self, &actions, NULL, arguments, environ) == 0);
  CHECK(posix_spawn_file_actions_destroy(&actions) == 0);
  return child;
}

static pid_t by_fork(char* self, int out) {
  const pid_t child = fork();
  if (child == 0) {
    CHECK(dup2(out, 1) == 1);
    execl(self, self, "child", "3", (char*)NULL);
    _exit(127);
  }
  return child;
}

static int child_main(const char* digit) {
  if (*digit != '1') CHECK(write(1, digit, 1) == 1);
  return atoi(digit);
}

int main(int argc, char** argv) {
  if (argc == 3 && strcmp(argv[1], "child") == 0) return child_main(argv[2]);

  expect_code(by_vfork(argv[0]), 1);
  int spawned[2], forked[2];
  CHECK(pipe2(spawned, O_CLOEXEC) == 0 && pipe2(forked, O_CLOEXEC) == 0);
  const pid_t second = by_spawn(argv[0], spawned[1]);
  const pid_t third = by_fork(argv[0], forked[1]);
  close(spawned[1]);
  close(forked[1]);
  expect_digit(spawned[0], '2');
  expect_digit(forked[0], '3');
  expect_code(third, 3);
  expect_code(second, 2);
  printf("1 2 3\n");
  return 0;
}
