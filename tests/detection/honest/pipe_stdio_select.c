// A child answers lines over two pipes with fdopen, fgets and fprintf until the end of its input. Then select waits
// for either of two children's pipes, and in vain for one that says nothing.
// prints: ONE TWO THREE
// prints: both children spoke
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void answer_lines(int in, int out) {
  FILE* questions = fdopen(in, "r");
  FILE* answers = fdopen(out, "w");
  CHECK(questions != NULL && answers != NULL);
  char line[64];
  while (fgets(line, sizeof line, questions)) {
    for (char* at = line; *at; ++at) *at = (char)toupper((unsigned char)*at);
    CHECK(fprintf(answers, "%s", line) > 0 && fflush(answers) == 0);
  }
  CHECK(feof(questions));
}

static void ask(void) {
  int to_child[2], to_parent[2];
  CHECK(pipe(to_child) == 0 && pipe(to_parent) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    close(to_child[1]);
    close(to_parent[0]);
    answer_lines(to_child[0], to_parent[1]);
    _exit(0);
  }
  close(to_child[0]);
  close(to_parent[1]);
  FILE* questions = fdopen(to_child[1], "w");
  FILE* answers = fdopen(to_parent[0], "r");
  CHECK(questions != NULL && answers != NULL);
  const char* const words[3] = {"one", "two", "three"};
  for (int i = 0; i < 3; ++i) {
    char line[64];
    CHECK(fprintf(questions, "%s\n", words[i]) > 0 && fflush(questions) == 0);
    CHECK(fgets(line, sizeof line, answers));
    line[strcspn(line, "\n")] = '\0';
    printf("%s%s", line, i < 2 ? " " : "\n");
  }
  CHECK(fclose(questions) == 0);
  CHECK(fgetc(answers) == EOF && feof(answers));
  CHECK(fclose(answers) == 0);
  expect_success(child);
}

static pid_t start_speaker(int number, int ends[2]) {
  CHECK(pipe(ends) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    const char letter = (char)('0' + number);
    CHECK(write(ends[1], &letter, 1) == 1);
    _exit(0);
  }
  close(ends[1]);
  return child;
}

static void listen_to_two(void) {
  int ends[2][2];
  pid_t children[2];
  for (int i = 0; i < 2; ++i) children[i] = start_speaker(i, ends[i]);
  for (int open_pipes = 2; open_pipes > 0;) {
    fd_set ready;
    FD_ZERO(&ready);
    for (int i = 0; i < 2; ++i)
      if (ends[i][0] >= 0) FD_SET(ends[i][0], &ready);
    const int highest = ends[0][0] > ends[1][0] ? ends[0][0] : ends[1][0];
    CHECK(TEMP_FAILURE_RETRY(select(highest + 1, &ready, NULL, NULL, NULL)) > 0);
    for (int i = 0; i < 2; ++i) {
      if (ends[i][0] < 0 || !FD_ISSET(ends[i][0], &ready)) continue;
      char letter = 0;
      const ssize_t got = TEMP_FAILURE_RETRY(read(ends[i][0], &letter, 1));
      CHECK(got == 0 || (got == 1 && letter == '0' + i));
      if (got == 0) {
        close(ends[i][0]);
        ends[i][0] = -1;
        --open_pipes;
      }
    }
  }
  for (int i = 0; i < 2; ++i) expect_success(children[i]);
}

static void listen_in_vain(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  fd_set ready;
  FD_ZERO(&ready);
  FD_SET(ends[0], &ready);
  struct timeval limit = {0, 3000};
  CHECK(select(ends[0] + 1, &ready, NULL, NULL, &limit) == 0);
}

int main(void) {
  ask();
  fflush(stdout);
  listen_to_two();
  listen_in_vain();
  printf("both children spoke\n");
  return 0;
}
