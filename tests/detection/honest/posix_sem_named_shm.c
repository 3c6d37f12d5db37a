// Two producers and a consumer share a ring of three places in POSIX shared memory, with three named semaphores; the
// second producer opens everything again by name.
// prints: sum 42
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kPlaces = 3, kItems = 6 };

struct ring {
  int items[kPlaces];
  int in;
  int out;
};

static char names[4][40];  // memory, mutex, free places, used places

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

static void produce(struct ring* ring, sem_t** semaphores) {
  for (int item = 1; item <= kItems; ++item) {
    down(semaphores[2]);
    down(semaphores[1]);
    ring->items[ring->in++ % kPlaces] = item;
    CHECK(sem_post(semaphores[1]) == 0);
    CHECK(sem_post(semaphores[3]) == 0);
  }
}

static int consume(struct ring* ring, sem_t** semaphores) {
  int sum = 0;
  for (int i = 0; i < 2 * kItems; ++i) {
    down(semaphores[3]);
    down(semaphores[1]);
    sum += ring->items[ring->out++ % kPlaces];
    CHECK(sem_post(semaphores[1]) == 0);
    CHECK(sem_post(semaphores[2]) == 0);
  }
  return sum;
}

static struct ring* map_ring(int flags) {
  const int memory = shm_open(names[0], O_RDWR | flags, 0600);
  CHECK(memory >= 0);
  if (flags & O_CREAT) CHECK(ftruncate(memory, sizeof(struct ring)) == 0);
  struct ring* ring = mmap(NULL, sizeof(struct ring), PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  CHECK(ring != MAP_FAILED);
  CHECK(close(memory) == 0);
  return ring;
}

int main(void) {
  const unsigned values[4] = {0, 1, kPlaces, 0};
  sem_t* semaphores[4];
  for (int i = 0; i < 4; ++i) snprintf(names[i], sizeof names[i], "/honest_%d_%d", (int)getpid(), i);
  struct ring* ring = map_ring(O_CREAT | O_EXCL);
  for (int i = 1; i < 4; ++i) {
    semaphores[i] = sem_open(names[i], O_CREAT | O_EXCL, 0600, values[i]);
    CHECK(semaphores[i] != SEM_FAILED);
  }

  const pid_t first = fork();
  CHECK(first >= 0);
  if (first == 0) {
    produce(ring, semaphores);
    _exit(0);
  }
  const pid_t second = fork();
  CHECK(second >= 0);
  if (second == 0) {
    sem_t* opened[4];
    for (int i = 1; i < 4; ++i) CHECK((opened[i] = sem_open(names[i], 0)) != SEM_FAILED);
    produce(map_ring(0), opened);
    _exit(0);
  }
  const int sum = consume(ring, semaphores);
  expect_success(first);
  expect_success(second);
  printf("sum %d\n", sum);
  for (int i = 1; i < 4; ++i) CHECK(sem_close(semaphores[i]) == 0 && sem_unlink(names[i]) == 0);
  CHECK(shm_unlink(names[0]) == 0);
  return 0;
}
