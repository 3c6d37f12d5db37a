// Three philosophers take the fork with the lower number first. The forks are mutexes; the last to finish is left
// open.
// prints one of: meals 9 last 0 | meals 9 last 1 | meals 9 last 2
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t forks[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int eating[3];
static int meals;
static int last;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void* dine(void* argument) {
  const int me = *(const int*)argument;
  const int next = (me + 1) % 3;
  const int low = me < next ? me : next;
  const int high = me < next ? next : me;
  for (int round = 0; round < 3; ++round) {
    CHECK(pthread_mutex_lock(&forks[low]) == 0);
    CHECK(pthread_mutex_lock(&forks[high]) == 0);
    eating[me] = 1;
    CHECK(eating[next] == 0 && eating[(me + 2) % 3] == 0);
    ++meals;  // every two of three share a fork: only one eats
    last = me;
    eating[me] = 0;
    CHECK(pthread_mutex_unlock(&forks[high]) == 0);
    CHECK(pthread_mutex_unlock(&forks[low]) == 0);
  }
  return NULL;
}

int main(void) {
  const int numbers[3] = {0, 1, 2};
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) CHECK(pthread_create(&threads[i], NULL, dine, (void*)&numbers[i]) == 0);
  for (int i = 0; i < 3; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(meals == 9);
  printf("meals %d last %d\n", meals, last);
  return 0;
}
