// Unusual, but right: there is only one lock, for the table on which both devices stand. Whoever has it has both, and
// one never holds anything while one waits.
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void work(char who, sem_t* table, int copies) {
  while (copies-- > 0) {
    while (sem_wait(table) == -1) continue;
    printf("%c has the scanner\n%c has the printer\n", who, who);
    printf("%c makes a copy\n", who);
    printf("%c gives back the scanner\n%c gives back the printer\n", who, who);
    fflush(stdout);
    sem_post(table);
  }
}

int main(int argc, char** argv) {
  sem_t* table = mmap(NULL, sizeof *table, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (argc < 2 || table == MAP_FAILED || sem_init(table, 1, 1) == -1) return 1;
  const pid_t child = fork();
  if (child == -1) return 1;
  work(child == 0 ? 'B' : 'A', table, atoi(argv[1]));
  if (child == 0) _exit(7);
  wait(NULL);
  return 3;
}
