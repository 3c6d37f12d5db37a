// Counting under spin locks: an atomic_flag without and with sched_yield and a pthread spin lock between threads, then
// a process-shared pthread spin lock between processes.
// prints: threads 6 6 6
// prints: processes 8
// finds: busy-waiting
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_spinlock_t lock;
  int counter;
};

static atomic_flag busy = ATOMIC_FLAG_INIT;
static atomic_flag polite = ATOMIC_FLAG_INIT;
static pthread_spinlock_t spin;
static int counters[3];

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void* count(void* unused) {
  for (int i = 0; i < 2; ++i) {
    while (atomic_flag_test_and_set(&busy)) {
    }
    ++counters[0];
    atomic_flag_clear(&busy);

    while (atomic_flag_test_and_set_explicit(&polite, memory_order_acquire)) sched_yield();
    ++counters[1];
    atomic_flag_clear_explicit(&polite, memory_order_release);

    CHECK(pthread_spin_lock(&spin) == 0);
    ++counters[2];
    CHECK(pthread_spin_unlock(&spin) == 0);
  }
  return unused;
}

static void count_in_threads(void) {
  CHECK(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE) == 0);
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) CHECK(pthread_create(&threads[i], NULL, count, NULL) == 0);
  for (int i = 0; i < 3; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(pthread_spin_destroy(&spin) == 0);
}

static void count_four(struct shared* shared) {
  for (int i = 0; i < 4; ++i) {
    CHECK(pthread_spin_lock(&shared->lock) == 0);
    CHECK(pthread_spin_trylock(&shared->lock) == EBUSY);
    ++shared->counter;
    CHECK(pthread_spin_unlock(&shared->lock) == 0);
  }
}

int main(void) {
  count_in_threads();
  printf("threads %d %d %d\n", counters[0], counters[1], counters[2]);
  fflush(stdout);

  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(shared != MAP_FAILED);
  CHECK(pthread_spin_init(&shared->lock, PTHREAD_PROCESS_SHARED) == 0);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    count_four(shared);
    _exit(0);
  }
  count_four(shared);
  expect_success(child);
  printf("processes %d\n", shared->counter);
  CHECK(pthread_spin_destroy(&shared->lock) == 0);
  return 0;
}
