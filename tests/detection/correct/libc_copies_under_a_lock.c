// What functions of libc read and write in shared memory, all under one process-shared mutex; and a line that grows.
// prints: 8 lines, ab
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t lock;
  char line[64], copy[64], small[4];
  int lines;
};

static void work(struct shared* shared, int number) {
  for (int i = 0; i < 4; i++) {
    pthread_mutex_lock(&shared->lock);
    snprintf(shared->line, sizeof shared->line, "line %d", number);
    sprintf(shared->copy, "%s", shared->line);
    strcpy(shared->copy, shared->line);
    strcat(shared->copy, "!");
    strncpy(shared->line, shared->copy, sizeof shared->line);
    memmove(shared->copy, shared->line, 10);
    if (strcmp(shared->copy, shared->line) == 0 && strlen(shared->line) == 7 && memcmp(shared->line, "line", 4) == 0)
      shared->lines++;
    memset(shared->line, 0, sizeof shared->line);
    pthread_mutex_unlock(&shared->lock);
    // Bytes beside each other, each of one process only.
    shared->small[number] = (char)('a' + number);
  }
}

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t kind;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&shared->lock, &kind);
  for (int i = 0; i < 2; i++)
    if (fork() == 0) work(shared, i), _exit(0);
  while (wait(NULL) > 0) continue;
  printf("%d lines, %s\n", shared->lines, shared->small);
  return 0;
}
