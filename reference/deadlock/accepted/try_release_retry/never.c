/* Unusual, but right: each still begins with a device of its own, but nobody waits for the second one. Who does not get
 * it gives the first one back, lets others run, and tries again: hold and wait is broken. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

struct device {
  const char* name;
  pthread_mutex_t lock;
};

struct person {
  char name;
  struct device *first, *second;
  int copies, retries;
};

static struct device scanner = {"scanner", PTHREAD_MUTEX_INITIALIZER};
static struct device printer = {"printer", PTHREAD_MUTEX_INITIALIZER};

static void say(const struct person* me, const char* what, const struct device* device) {
  printf("%c %s the %s\n", me->name, what, device->name);
  fflush(stdout);
}

static void take_both(struct person* me) {
  for (;;) {
    pthread_mutex_lock(&me->first->lock);
    say(me, "has", me->first);
    if (pthread_mutex_trylock(&me->second->lock) == 0) break;
    say(me, "gives back", me->first);
    pthread_mutex_unlock(&me->first->lock);
    me->retries++;
    sched_yield();
  }
  say(me, "has", me->second);
}

static void* work(void* argument) {
  struct person* me = argument;
  for (int i = 0; i < me->copies; i++) {
    take_both(me);
    printf("%c makes a copy\n", me->name);
    say(me, "gives back", me->second);
    pthread_mutex_unlock(&me->second->lock);
    say(me, "gives back", me->first);
    pthread_mutex_unlock(&me->first->lock);
  }
  return NULL;
}

int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  struct person a = {'A', &scanner, &printer, atoi(argv[1]), 0}, b = {'B', &printer, &scanner, atoi(argv[1]), 0};
  pthread_t thread[2];
  if (pthread_create(&thread[0], NULL, work, &a) != 0) return EXIT_FAILURE;
  if (pthread_create(&thread[1], NULL, work, &b) != 0) return EXIT_FAILURE;
  for (int i = 0; i < 2; i++) pthread_join(thread[i], NULL);
  fprintf(stderr, "A tried again %d times, B %d times\n", a.retries, b.retries);
  return EXIT_SUCCESS;
}
