// Both sides open the semaphores and the shared memory by their names.
// prints: tick 1, tock 2, tick 3, tock 4
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static char* open_memory(void) {
  int memory = shm_open("/clock", O_CREAT | O_RDWR, 0600);
  ftruncate(memory, 256);
  char* text = mmap(NULL, 256, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  close(memory);
  return text;
}

static void beat(const char* word, const char* mine, const char* other, int first) {
  sem_t *wait_for = sem_open(mine, O_CREAT, 0600, first), *then = sem_open(other, O_CREAT, 0600, !first);
  char* text = open_memory();
  for (int i = 0; i < 2; i++) {
    sem_wait(wait_for);
    sprintf(text + strlen(text), "%s%s %d", i == 0 && first ? "" : ", ", word, 2 * i + 2 - first);
    sem_post(then);
  }
  sem_close(wait_for);
  sem_close(then);
}

int main(void) {
  if (fork() == 0) {
    beat("tock", "/tock", "/tick", 0);
    _exit(0);
  }
  beat("tick", "/tick", "/tock", 1);
  wait(NULL);
  puts(open_memory());
  shm_unlink("/clock");
  sem_unlink("/tick");
  sem_unlink("/tock");
  return 0;
}
