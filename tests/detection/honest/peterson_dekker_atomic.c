// Mutual exclusion without a lock, on sequentially consistent C11 atomics: Peterson's algorithm between two threads,
// then Dekker's between two processes.
// prints: peterson 8
// prints: dekker 8
// finds: busy-waiting
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct entry {
  atomic_bool wants[2];
  atomic_int turn;
  int counter;
};

static struct entry threads_entry;

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

static void* peterson(void* argument) {
  struct entry* entry = &threads_entry;
  const int me = *(const int*)argument;
  for (int i = 0; i < 4; ++i) {
    atomic_store(&entry->wants[me], true);
    atomic_store(&entry->turn, 1 - me);
    while (atomic_load(&entry->wants[1 - me]) && atomic_load(&entry->turn) == 1 - me) {
    }
    ++entry->counter;
    atomic_store(&entry->wants[me], false);
  }
  return NULL;
}

static void dekker(int me, struct entry* entry) {
  for (int i = 0; i < 4; ++i) {
    atomic_store(&entry->wants[me], true);
    while (atomic_load(&entry->wants[1 - me])) {
      if (atomic_load(&entry->turn) == me) continue;
      atomic_store(&entry->wants[me], false);
      while (atomic_load(&entry->turn) != me) {
      }
      atomic_store(&entry->wants[me], true);
    }
    ++entry->counter;
    atomic_store(&entry->turn, 1 - me);
    atomic_store(&entry->wants[me], false);
  }
}

int main(void) {
  const int numbers[2] = {0, 1};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) CHECK(pthread_create(&threads[i], NULL, peterson, (void*)&numbers[i]) == 0);
  for (int i = 0; i < 2; ++i) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(threads_entry.counter == 8);
  printf("peterson %d\n", threads_entry.counter);
  fflush(stdout);

  struct entry* entry = mmap(NULL, sizeof *entry, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(entry != MAP_FAILED);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    dekker(1, entry);
    _exit(0);
  }
  dekker(0, entry);
  expect_success(child);
  CHECK(entry->counter == 8);
  printf("dekker %d\n", entry->counter);
  return 0;
}
