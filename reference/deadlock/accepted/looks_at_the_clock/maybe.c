// Right, with much around it: every step is told on stderr with its time, chance decides who is started first, and each
// lets others run now and then. Nobody sleeps.
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sem_t* device;  // scanner, printer
static const char* const name[] = {"scanner", "printer"};

static void stamp(const char* what) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  fprintf(stderr, "[%ld.%06ld] %s\n", (long)now.tv_sec, now.tv_nsec / 1000, what);
}

static void person(char who, int first) {
  const int order[] = {first, 1 - first};
  for (int i = 0; i < 2; i++) {
    stamp("asks");
    sem_wait(&device[order[i]]);
    printf("%c has the %s\n", who, name[order[i]]);
    stamp("has it");
    sched_yield();
  }
  printf("%c makes a copy\n", who);
  for (int i = 0; i < 2; i++) {
    printf("%c gives back the %s\n", who, name[order[i]]);
    sem_post(&device[order[i]]);
    stamp("gave it back");
  }
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  device = mmap(NULL, 2 * sizeof *device, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (device == MAP_FAILED) return 1;
  for (int i = 0; i < 2; i++) sem_init(&device[i], 1, 1);
  srand((unsigned)time(NULL));
  const int begins = rand() % 2;
  for (int i = 0; i < 2; i++) {
    const int me = begins ^ i;
    if (fork() == 0) {
      person("AB"[me], me);
      exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  return 0;
}
