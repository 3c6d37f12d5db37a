// Readers and a writer as processes, with unnamed semaphores in a shared mapping; before them sem_trywait,
// sem_timedwait and sem_getvalue of a semaphore that nobody else uses.
// prints: written 4
#define _GNU_SOURCE
#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
  sem_t mutex;
  sem_t room;
  int readers;
  int left;
  int right;
};

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

static void down(sem_t* semaphore) { CHECK(TEMP_FAILURE_RETRY(sem_wait(semaphore)) == 0); }
static void up(sem_t* semaphore) { CHECK(sem_post(semaphore) == 0); }

static void read_four_times(struct shared* shared) {
  int seen = 0;
  for (int i = 0; i < 4; ++i) {
    down(&shared->mutex);
    if (++shared->readers == 1) down(&shared->room);
    up(&shared->mutex);
    CHECK(shared->left == shared->right && shared->left >= seen);
    seen = shared->left;
    down(&shared->mutex);
    if (--shared->readers == 0) up(&shared->room);
    up(&shared->mutex);
  }
}

static void write_four_times(struct shared* shared) {
  for (int i = 0; i < 4; ++i) {
    down(&shared->room);
    ++shared->left;
    ++shared->right;
    up(&shared->room);
  }
}

static void try_alone(sem_t* semaphore) {
  int value = -1;
  CHECK(sem_init(semaphore, 1, 1) == 0);
  CHECK(sem_trywait(semaphore) == 0);
  CHECK(sem_trywait(semaphore) == -1 && errno == EAGAIN);
  struct timespec until;
  CHECK(clock_gettime(CLOCK_REALTIME, &until) == 0);
  until.tv_nsec += 5000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_nsec -= 1000000000;
    ++until.tv_sec;
  }
  CHECK(TEMP_FAILURE_RETRY(sem_timedwait(semaphore, &until)) == -1 && errno == ETIMEDOUT);
  CHECK(sem_getvalue(semaphore, &value) == 0 && value == 0);
  up(semaphore);
  CHECK(sem_timedwait(semaphore, &until) == 0);
  CHECK(sem_destroy(semaphore) == 0);
}

int main(void) {
  struct shared* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(shared != MAP_FAILED);
  try_alone(&shared->mutex);
  CHECK(sem_init(&shared->mutex, 1, 1) == 0 && sem_init(&shared->room, 1, 1) == 0);

  pid_t children[3];
  for (int i = 0; i < 3; ++i) {
    children[i] = fork();
    CHECK(children[i] >= 0);
    if (children[i] == 0) {
      if (i < 2) read_four_times(shared);
      if (i == 2) write_four_times(shared);
      _exit(0);
    }
  }
  for (int i = 0; i < 3; ++i) expect_success(children[i]);
  CHECK(shared->left == 4 && shared->right == 4 && shared->readers == 0);
  printf("written %d\n", shared->left);
  CHECK(sem_destroy(&shared->mutex) == 0 && sem_destroy(&shared->room) == 0);
  return 0;
}
