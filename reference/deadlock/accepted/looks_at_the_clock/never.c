// Tries, gives back without a word, sleeps for a short random time and tries again. Sleeping is allowed in `never`: it
// orders nothing here.
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static sem_t* device;  // scanner, printer
static const char* const name[] = {"scanner", "printer"};

static void take_both(char who, int first) {
  for (;;) {
    sem_wait(&device[first]);
    if (sem_trywait(&device[1 - first]) == 0) break;
    sem_post(&device[first]);
    usleep(100 + (useconds_t)(rand() % 900));
  }
  printf("%c has the %s\n%c has the %s\n", who, name[first], who, name[1 - first]);
}

static void person(char who, int first, int copies) {
  srand((unsigned)getpid());
  while (copies-- > 0) {
    take_both(who, first);
    printf("%c makes a copy\n", who);
    printf("%c gives back the scanner\n%c gives back the printer\n", who, who);
    fflush(stdout);
    sem_post(&device[0]);
    sem_post(&device[1]);
  }
}

int main(int argc, char** argv) {
  device = mmap(NULL, 2 * sizeof *device, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (argc != 2 || device == MAP_FAILED) return 1;
  for (int i = 0; i < 2; i++) sem_init(&device[i], 1, 1);
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      person("AB"[i], i, atoi(argv[1]));
      exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  return 0;
}
