// Two threads need two locks in opposite orders: each tries its second one, and on failure releases the first and
// retries, one after sched_yield, the other after a pause of its own length.
// prints: transfers 6
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int accounts[2] = {10, 10};
static int transfers;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void back_off(int me) {
  if (me == 0) sched_yield();
  if (me == 1) usleep(100);
}

static void lock_both(int me) {
  for (;;) {
    CHECK(pthread_mutex_lock(&locks[me]) == 0);
    const int result = pthread_mutex_trylock(&locks[1 - me]);
    if (result == 0) return;
    CHECK(result == EBUSY);
    CHECK(pthread_mutex_unlock(&locks[me]) == 0);
    back_off(me);
  }
}

static void* transfer(void* argument) {
  const int me = *(const int*)argument;
  for (int i = 0; i < 3; ++i) {
    lock_both(me);
    CHECK(accounts[0] + accounts[1] == 20);
    --accounts[me];
    ++accounts[1 - me];
    ++transfers;
    CHECK(pthread_mutex_unlock(&locks[1 - me]) == 0 && pthread_mutex_unlock(&locks[me]) == 0);
  }
  return NULL;
}

int main(void) {
  const int numbers[2] = {0, 1};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) CHECK(pthread_create(&threads[i], NULL, transfer, (void*)&numbers[i]) == 0);
  for (int i = 0; i < 2; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(accounts[0] == 10 && accounts[1] == 10);
  printf("transfers %d\n", transfers);
  return 0;
}
