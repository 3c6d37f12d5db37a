// A consumer that was woken does not look again: another may have taken the item in between, and it takes one that is
// not there.
// shows: exit 1
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int items;
static int wrong;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* consume(void* nothing) {
  pthread_mutex_lock(&lock);
  if (items == 0) pthread_cond_wait(&changed, &lock);
  if (items == 0) wrong = 1;
  items--;
  pthread_mutex_unlock(&lock);
  return nothing;
}

static void* produce(void* nothing) {
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&lock);
    items++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
  }
  return nothing;
}

int main(void) {
  pthread_t producer = start(produce);
  pthread_t first = start(consume);
  pthread_t second = start(consume);
  pthread_join(producer, NULL);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("%s\n", wrong ? "took what was not there" : "fine");
  return wrong || items != 0;
}
