// Who gives back the last reference frees the block: release when counting down, an acquire fence before the free.
// prints: freed once, 3 uses
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct block {
  atomic_int references;
  int uses[3];
};
static atomic_int freed, uses;

static void give_back(struct block* block) {
  if (atomic_fetch_sub_explicit(&block->references, 1, memory_order_release) != 1) return;
  atomic_thread_fence(memory_order_acquire);
  for (int i = 0; i < 3; i++) uses += block->uses[i];
  free(block);
  freed++;
}

static struct block* shared_block;
static void* user(void* number) {
  shared_block->uses[(long)number] = 1;
  give_back(shared_block);
  return NULL;
}

int main(void) {
  pthread_t threads[3];
  shared_block = calloc(1, sizeof *shared_block);
  atomic_init(&shared_block->references, 3);
  for (long i = 0; i < 3; i++) pthread_create(&threads[i], NULL, user, (void*)i);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  printf("freed %s, %d uses\n", freed == 1 ? "once" : "wrongly", uses);
  return 0;
}
