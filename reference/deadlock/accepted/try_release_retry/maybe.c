/* Threads and mutexes. Nothing has a name, so nothing can be left behind. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct device {
  const char* name;
  pthread_mutex_t lock;
};

struct person {
  char name;
  struct device *first, *second;
};

static struct device scanner = {"scanner", PTHREAD_MUTEX_INITIALIZER};
static struct device printer = {"printer", PTHREAD_MUTEX_INITIALIZER};

static void* copy(void* argument) {
  struct person* me = argument;
  pthread_mutex_lock(&me->first->lock);
  printf("%c has the %s\n", me->name, me->first->name);
  fflush(stdout);
  pthread_mutex_lock(&me->second->lock);
  printf("%c has the %s\n", me->name, me->second->name);
  printf("%c makes a copy\n", me->name);
  printf("%c gives back the %s\n", me->name, me->first->name);
  fflush(stdout);
  pthread_mutex_unlock(&me->first->lock);
  printf("%c gives back the %s\n", me->name, me->second->name);
  fflush(stdout);
  pthread_mutex_unlock(&me->second->lock);
  return NULL;
}

int main(void) {
  struct person a = {'A', &scanner, &printer}, b = {'B', &printer, &scanner};
  pthread_t thread;
  if (pthread_create(&thread, NULL, copy, &b) != 0) return EXIT_FAILURE;
  copy(&a);
  pthread_join(thread, NULL);
  return EXIT_SUCCESS;
}
