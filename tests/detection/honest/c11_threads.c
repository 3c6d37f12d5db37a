// C11 threads: call_once, mutexes plain, timed and recursive, a condition variable with and without a limit, thread
// storage and results of threads.
// prints: items 6, results 1 2
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdio.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static once_flag once = ONCE_FLAG_INIT;
static mtx_t plain, timed, recursive;
static cnd_t changed;
static tss_t storage;
static int prepared;
static int available;
static int destroyed;

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void count_destruction(void* unused) {
  (void)unused;
  CHECK(mtx_lock(&plain) == thrd_success);
  ++destroyed;
  CHECK(mtx_unlock(&plain) == thrd_success);
}

static void prepare(void) {
  ++prepared;
  CHECK(mtx_init(&plain, mtx_plain) == thrd_success && mtx_init(&timed, mtx_timed) == thrd_success);
  CHECK(mtx_init(&recursive, mtx_plain | mtx_recursive) == thrd_success);
  CHECK(cnd_init(&changed) == thrd_success && tss_create(&storage, count_destruction) == thrd_success);
}

static struct timespec soon(void) {
  struct timespec time;
  CHECK(timespec_get(&time, TIME_UTC) == TIME_UTC);
  time.tv_nsec += 3000000;
  if (time.tv_nsec >= 1000000000) {
    time.tv_nsec -= 1000000000;
    ++time.tv_sec;
  }
  return time;
}

static int produce(void* argument) {
  call_once(&once, prepare);
  CHECK(tss_set(storage, argument) == thrd_success);
  for (int i = 0; i < 3; ++i) {
    CHECK(mtx_lock(&plain) == thrd_success);
    ++available;
    CHECK(cnd_signal(&changed) == thrd_success);
    CHECK(mtx_unlock(&plain) == thrd_success);
    thrd_yield();
  }
  CHECK(tss_get(storage) == argument);
  return *(int*)argument;
}

static int blocked_by_main(void* unused) {
  (void)unused;
  const struct timespec until = soon();
  CHECK(mtx_trylock(&timed) == thrd_busy && mtx_timedlock(&timed, &until) == thrd_timedout);
  return 0;
}

static void main_thread_alone(void) {
  CHECK(mtx_lock(&recursive) == thrd_success && mtx_lock(&recursive) == thrd_success);
  CHECK(mtx_unlock(&recursive) == thrd_success && mtx_unlock(&recursive) == thrd_success);
  thrd_t other;
  CHECK(mtx_lock(&timed) == thrd_success);
  CHECK(thrd_create(&other, blocked_by_main, NULL) == thrd_success && thrd_join(other, NULL) == thrd_success);
  int result = thrd_success;
  cnd_t never;
  CHECK(cnd_init(&never) == thrd_success);
  const struct timespec until = soon();
  while (result == thrd_success) result = cnd_timedwait(&never, &timed, &until);
  CHECK(result == thrd_timedout && mtx_unlock(&timed) == thrd_success);
  cnd_destroy(&never);
}

int main(void) {
  int numbers[2] = {1, 2};
  int results[2] = {0, 0};
  int items = 0;
  thrd_t producers[2];
  for (int i = 0; i < 2; ++i) CHECK(thrd_create(&producers[i], produce, &numbers[i]) == thrd_success);
  call_once(&once, prepare);
  main_thread_alone();
  CHECK(mtx_lock(&plain) == thrd_success);
  for (; items < 6; ++items) {
    while (available == 0) CHECK(cnd_wait(&changed, &plain) == thrd_success);
    --available;
  }
  CHECK(mtx_unlock(&plain) == thrd_success);
  for (int i = 0; i < 2; ++i) CHECK(thrd_join(producers[i], &results[i]) == thrd_success);
  CHECK(prepared == 1 && available == 0 && destroyed == 2);
  CHECK(thrd_sleep(&(struct timespec){.tv_nsec = 1000000}, NULL) == 0);
  printf("items %d, results %d %d\n", items, results[0], results[1]);
  mtx_destroy(&plain);
  mtx_destroy(&timed);
  mtx_destroy(&recursive);
  cnd_destroy(&changed);
  tss_delete(storage);
  return 0;
}
