// Named POSIX semaphores; the parent is A.
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static sem_t* open_device(const char* name) {
  sem_unlink(name);  // what a killed run may have left
  sem_t* device = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
  if (device == SEM_FAILED) {
    perror(name);
    exit(1);
  }
  return device;
}

static void line(const char* text) {
  puts(text);
  fflush(stdout);
}

int main(void) {
  sem_t* scanner = open_device("/maybe-scanner");
  sem_t* printer = open_device("/maybe-printer");
  const pid_t b = fork();
  if (b == -1) return 1;
  if (b == 0) {
    sem_wait(printer);
    line("B has the printer");
    sem_wait(scanner);
    line("B has the scanner");
    line("B makes a copy");
    line("B gives back the scanner");
    sem_post(scanner);
    line("B gives back the printer");
    sem_post(printer);
    exit(0);
  }
  sem_wait(scanner);
  line("A has the scanner");
  sem_wait(printer);
  line("A has the printer");
  line("A makes a copy");
  line("A gives back the printer");
  sem_post(printer);
  line("A gives back the scanner");
  sem_post(scanner);
  waitpid(b, NULL, 0);
  sem_unlink("/maybe-scanner");
  sem_unlink("/maybe-printer");
  return 0;
}
