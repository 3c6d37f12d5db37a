// Unusual, but right: named POSIX semaphores whose names are gone as soon as both are open, the way one treats a
// temporary file. The parent is Ping itself and starts one child. Its exit status is that of nothing in particular.
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static sem_t* open_and_forget(const char* purpose, unsigned value) {
  char name[64];
  snprintf(name, sizeof name, "/pingpong.%ld.%s", (long)getpid(), purpose);
  sem_t* semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, value);
  if (semaphore == SEM_FAILED) {
    perror(name);
    exit(EXIT_FAILURE);
  }
  sem_unlink(name);
  return semaphore;
}

int main(int argc, char** argv) {
  if (argc < 2) return EXIT_FAILURE;
  const long rounds = strtol(argv[1], NULL, 10);
  sem_t* ping = open_and_forget("ping", 1);
  sem_t* pong = open_and_forget("pong", 0);
  fprintf(stderr, "%ld rounds\n", rounds);

  const pid_t child = fork();
  if (child < 0) {
    perror("fork");
    return EXIT_FAILURE;
  }
  if (child == 0) {
    for (long i = 0; i < rounds; i++) {
      sem_wait(pong);
      printf("Pong, ");
      fflush(stdout);
      sem_post(ping);
    }
    exit(17);
  }
  for (long i = 0; i < rounds; i++) {
    sem_wait(ping);
    printf("Ping");
    fflush(stdout);
    sem_post(pong);
  }
  waitpid(child, NULL, 0);
  sem_close(ping);
  sem_close(pong);
  return (int)rounds + 3;
}
