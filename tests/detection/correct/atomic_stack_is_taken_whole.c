// Threads push onto a list with compare-and-swap; after they were joined, and once before, it is taken by exchange.
// prints: 10
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
  int value;
  struct node* next;
};
static _Atomic(struct node*) top;

static void* pusher(void* first) {
  for (int i = 0; i < 2; i++) {
    struct node* node = malloc(sizeof *node);
    node->value = (int)(long)first + i;
    node->next = atomic_load_explicit(&top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&top, &node->next, node, memory_order_release, memory_order_relaxed))
      continue;
  }
  return NULL;
}

static int take_all(void) {
  int sum = 0;
  struct node* node = atomic_exchange_explicit(&top, NULL, memory_order_acquire);
  while (node != NULL) {
    struct node* next = node->next;
    sum += node->value;
    free(node);
    node = next;
  }
  return sum;
}

int main(void) {
  pthread_t threads[2];
  pthread_create(&threads[0], NULL, pusher, (void*)1L);
  pthread_create(&threads[1], NULL, pusher, (void*)3L);
  int sum = take_all();
  pthread_join(threads[0], NULL);
  pthread_join(threads[1], NULL);
  sum += take_all();
  printf("%d\n", sum);
  return 0;
}
