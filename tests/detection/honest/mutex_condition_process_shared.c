// Three processes pass a turn round with a process-shared mutex and condition variable in a mapped file, after they
// have met at a process-shared barrier.
// prints: ABCABCABC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kProcesses = 3, kRounds = 3 };

struct shared {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  pthread_barrier_t start;
  int length;
  char text[kProcesses * kRounds + 1];
};

static const char* const path = "honest_mapped_file";

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

static struct shared* map_file(void) {
  const int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(file >= 0 && ftruncate(file, sizeof(struct shared)) == 0);
  struct shared* shared = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  CHECK(shared != MAP_FAILED && close(file) == 0);
  return shared;
}

static void prepare(struct shared* shared) {
  pthread_mutexattr_t mutex;
  CHECK(pthread_mutexattr_init(&mutex) == 0 && pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED) == 0);
  CHECK(pthread_mutex_init(&shared->mutex, &mutex) == 0);
  pthread_condattr_t changed;
  CHECK(pthread_condattr_init(&changed) == 0 && pthread_condattr_setpshared(&changed, PTHREAD_PROCESS_SHARED) == 0);
  CHECK(pthread_cond_init(&shared->changed, &changed) == 0);
  pthread_barrierattr_t start;
  CHECK(pthread_barrierattr_init(&start) == 0 && pthread_barrierattr_setpshared(&start, PTHREAD_PROCESS_SHARED) == 0);
  CHECK(pthread_barrier_init(&shared->start, &start, kProcesses) == 0);
}

static void take_turns(int me, struct shared* shared) {
  const int met = pthread_barrier_wait(&shared->start);
  CHECK(met == 0 || met == PTHREAD_BARRIER_SERIAL_THREAD);
  for (int round = 0; round < kRounds; ++round) {
    CHECK(pthread_mutex_lock(&shared->mutex) == 0);
    while (shared->length % kProcesses != me) CHECK(pthread_cond_wait(&shared->changed, &shared->mutex) == 0);
    shared->text[shared->length++] = (char)('A' + me);
    CHECK(pthread_cond_broadcast(&shared->changed) == 0);
    CHECK(pthread_mutex_unlock(&shared->mutex) == 0);
  }
}

int main(void) {
  struct shared* shared = map_file();
  prepare(shared);
  pid_t children[kProcesses];
  for (int me = 0; me < kProcesses; ++me) {
    children[me] = fork();
    CHECK(children[me] >= 0);
    if (children[me] == 0) {
      take_turns(me, shared);
      _exit(0);
    }
  }
  for (int i = 0; i < kProcesses; ++i) expect_success(children[i]);
  printf("%s\n", shared->text);
  CHECK(pthread_barrier_destroy(&shared->start) == 0 && pthread_cond_destroy(&shared->changed) == 0);
  CHECK(pthread_mutex_destroy(&shared->mutex) == 0);
  CHECK(unlink(path) == 0);
  return 0;
}
