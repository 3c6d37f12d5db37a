// A thread makes a list and publishes it by a release store of its head; readers load it with acquire.
// prints: 6 6
// finds: busy-waiting
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
  int value;
  struct node* next;
};
static _Atomic(struct node*) list;

static void* writer(void* unused) {
  struct node* head = NULL;
  for (int i = 1; i <= 3; i++) {
    struct node* node = malloc(sizeof *node);
    node->value = i;
    node->next = head;
    head = node;
  }
  atomic_store_explicit(&list, head, memory_order_release);
  return unused;
}
static void* reader(void* unused) {
  struct node* node;
  long sum = 0;
  (void)unused;
  while ((node = atomic_load_explicit(&list, memory_order_acquire)) == NULL) sched_yield();
  for (; node != NULL; node = node->next) sum += node->value;
  return (void*)sum;
}

int main(void) {
  pthread_t threads[3];
  void* sums[2];
  pthread_create(&threads[0], NULL, reader, NULL);
  pthread_create(&threads[1], NULL, reader, NULL);
  pthread_create(&threads[2], NULL, writer, NULL);
  pthread_join(threads[0], &sums[0]);
  pthread_join(threads[1], &sums[1]);
  pthread_join(threads[2], NULL);
  printf("%ld %ld\n", (long)sums[0], (long)sums[1]);
  while (list != NULL) {
    struct node* next = list->next;
    free(list);
    list = next;
  }
  return 0;
}
