// Threads allocate, write and free by themselves: the heap gives the same memory to one after the other. And a block is
// handed over under a lock.
// prints: 12 blocks
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char* left_over;
static int blocks;

static void* work(void* nothing) {
  for (int i = 0; i < 4; i++) {
    char* mine = malloc(1 << 18);  // each in a mapping of its own, or all from one arena
    char* small = calloc(1, 24);
    strcpy(mine, "mine");
    strcpy(small, mine);
    free(mine);
    small = realloc(small, 200);
    small[150] = 'x';
    pthread_mutex_lock(&lock);
    blocks++;
    free(left_over);
    left_over = small;
    left_over[0] = 'l';
    pthread_mutex_unlock(&lock);
  }
  return nothing;
}

int main(void) {
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  free(left_over);
  printf("%d blocks\n", blocks);
  return 0;
}
