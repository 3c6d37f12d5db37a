// POSIX semaphores in a mapping of no file guard a linked list of cells, by index; consumers are threads.
// prints: 21
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct node {
  int value, next;
};
struct list {
  sem_t items, lock;
  int head, sum;
  struct node nodes[6];
};
static struct list* list;

static void* consumer(void* unused) {
  for (int i = 0; i < 3; i++) {
    sem_wait(&list->items);
    sem_wait(&list->lock);
    struct node* first = &list->nodes[list->head];
    list->head = first->next;
    list->sum += first->value;
    sem_post(&list->lock);
  }
  return unused;
}

int main(void) {
  list = mmap(NULL, sizeof *list, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(&list->items, 1, 0);
  sem_init(&list->lock, 1, 1);
  list->head = -1;
  if (fork() == 0) {
    for (int i = 0; i < 6; i++) {
      list->nodes[i].value = i + 1;
      sem_wait(&list->lock);
      list->nodes[i].next = list->head;
      list->head = i;
      sem_post(&list->lock);
      sem_post(&list->items);
    }
    _exit(0);
  }
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, consumer, NULL);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  wait(NULL);
  printf("%d\n", list->sum);
  return 0;
}
