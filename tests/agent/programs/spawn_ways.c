// Starts other programs in every way but fork, one after another.
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

int main(void) {
  int status = 0;
  pid_t pid = vfork();
  if (pid == 0) {
    close(0);
    execlp("echo", "echo", "vfork", NULL);
    _exit(1);
  }
  waitpid(pid, &status, 0);
  printf("status %d\n", status);

  pid = vfork();
  if (pid == 0) _exit(7);
  waitpid(pid, &status, 0);
  printf("status %d\n", WEXITSTATUS(status));

  char* arguments[] = {"echo", "posix_spawn", NULL};
  posix_spawnp(&pid, "echo", NULL, NULL, arguments, environ);
  waitpid(pid, &status, 0);
  printf("error %d\n", posix_spawn(&pid, "/nowhere", NULL, NULL, arguments, environ) != 0);

  printf("system %d\n", WEXITSTATUS(system("echo system; (exit 3); exit $?")));

  FILE* stream = popen("cat", "w");
  fputs("popen\n", stream);
  printf("closed %d\n", pclose(stream));
  return 0;
}
