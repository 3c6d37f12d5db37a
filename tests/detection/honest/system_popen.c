// system() with an exit code and with a signal, popen() in both directions, each as a shell that does it all by
// itself.
// prints: line one, line two
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void read_from_shell(void) {
  FILE* lines = popen("echo one; echo two; exit 5", "r");
  CHECK(lines != NULL);
  char first[16], second[16], third[16];
  CHECK(fgets(first, sizeof first, lines) && strcmp(first, "one\n") == 0);
  CHECK(fgets(second, sizeof second, lines) && strcmp(second, "two\n") == 0);
  CHECK(!fgets(third, sizeof third, lines) && feof(lines));
  const int status = pclose(lines);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
  first[3] = second[3] = '\0';
  printf("line %s, line %s\n", first, second);
}

static void write_to_shell(void) {
  FILE* lines = popen("read a; read b; read c || test \"$a $b\" = 'three four'", "w");
  CHECK(lines != NULL);
  CHECK(fprintf(lines, "three\nfour\n") == 11);
  CHECK(pclose(lines) == 0);
}

int main(void) {
  CHECK(system(NULL) != 0);
  CHECK(system("true") == 0);
  int status = system("exit 3");
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3);
  status = system("kill -TERM $$");
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  read_from_shell();
  write_to_shell();
  return 0;
}
