// A free list without locks whose head carries a version: whoever read an old head fails to replace it, also when the
// same node is on top again, so no node is handed out twice.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { kNodes = 4 };

static atomic_ulong head;
static atomic_int next[kNodes + 1];
static int held[3];

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

// A head is a version times 16 plus the number of the node on top, 0 for an empty list.
static unsigned long new_head(unsigned long old, int top) { return (old / 16 + 1) * 16 + (unsigned long)top; }

static int take(void) {
  unsigned long old = atomic_load(&head);
  while (old % 16 != 0) {
    int top = (int)(old % 16);
    int below = atomic_load(&next[top]);
    if (atomic_compare_exchange_strong(&head, &old, new_head(old, below))) return top;
  }
  return 0;
}

static void give(int node) {
  unsigned long old = atomic_load(&head);
  do {
    atomic_store(&next[node], (int)(old % 16));
  } while (!atomic_compare_exchange_strong(&head, &old, new_head(old, node)));
}

static void* take_two(void* nothing) {
  held[0] = take();
  held[1] = take();
  return nothing;
}

static void* take_two_and_give_one_back(void* nothing) {
  int node = take();
  held[2] = take();
  give(node);
  return nothing;
}

int main(void) {
  for (int node = kNodes; node > 0; node--) give(node);
  pthread_t first = start(take_two);
  pthread_t second = start(take_two_and_give_one_back);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  int twice = held[0] == held[1] || held[0] == held[2] || held[1] == held[2];
  printf("held %d, %d, %d\n", held[0], held[1], held[2]);
  return twice;
}
