// Children collected with wait, waitpid, a WNOHANG loop, waitid and wait4, one killed by a signal, and a tree whose
// sum comes up through exit codes. Which of two children ends first is left open.
// prints one of: first 1 sum 15 | first 2 sum 15
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static pid_t start(int code) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) _exit(code);
  return child;
}

static int first_of_two(void) {
  const pid_t one = start(1);
  const pid_t two = start(2);
  int status = 0;
  const pid_t first = TEMP_FAILURE_RETRY(wait(&status));
  CHECK(first == one || first == two);
  const int code = first == one ? 1 : 2;
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == code);
  CHECK(TEMP_FAILURE_RETRY(wait(&status)) == (first == one ? two : one));
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3 - code);
  return code;
}

static void other_ways(void) {
  int status = 0;
  const pid_t polled = start(3);
  const pid_t other = start(4);
  CHECK(TEMP_FAILURE_RETRY(waitpid(other, &status, 0)) == other && WEXITSTATUS(status) == 4);
  pid_t result;
  while ((result = waitpid(polled, &status, WNOHANG)) == 0) usleep(500);
  CHECK(result == polled && WEXITSTATUS(status) == 3);

  const pid_t peeked = start(5);
  siginfo_t info = {0};
  CHECK(TEMP_FAILURE_RETRY(waitid(P_PID, (id_t)peeked, &info, WEXITED | WNOWAIT)) == 0);
  CHECK(info.si_pid == peeked && info.si_code == CLD_EXITED && info.si_status == 5);
  CHECK(TEMP_FAILURE_RETRY(waitid(P_ALL, 0, &info, WEXITED)) == 0 && info.si_pid == peeked);

  const pid_t paused = fork();
  CHECK(paused >= 0);
  if (paused == 0)
    for (;;) pause();
  CHECK(waitpid(paused, &status, WNOHANG) == 0);
  CHECK(kill(paused, SIGKILL) == 0);
  struct rusage usage;
  CHECK(TEMP_FAILURE_RETRY(wait4(paused, &status, 0, &usage)) == paused);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  CHECK(wait(&status) == -1 && errno == ECHILD);
}

static pid_t start_tree(int number);

// The nodes are numbered as in a heap, 1 to 5; each returns its number and what its children return.
static int tree(int number) {
  int sum = number;
  pid_t children[2] = {0, 0};
  for (int i = 0; i < 2; ++i)
    if (number * 2 + i <= 5) children[i] = start_tree(number * 2 + i);
  for (int i = 0; i < 2; ++i) {
    int status = 0;
    if (children[i] == 0) continue;
    CHECK(TEMP_FAILURE_RETRY(waitpid(children[i], &status, 0)) == children[i] && WIFEXITED(status));
    sum += WEXITSTATUS(status);
  }
  return sum;
}

static pid_t start_tree(int number) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) _exit(tree(number));
  return child;
}

int main(void) {
  const int first = first_of_two();
  other_ways();
  const int sum = tree(1);
  CHECK(sum == 15);
  printf("first %d sum %d\n", first, sum);
  return 0;
}
