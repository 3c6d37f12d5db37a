// Locks of the rarer kinds and waits with a clock of their own, one case per argument. Ends with 0 when all was as it
// must be; the cases whose names begin with "stuck" never end.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : (fprintf(stderr, "line %d: %s, errno %d\n", __LINE__, #what, errno), _exit(1)))

struct shared {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  sem_t taken;
  int count;
};
static struct shared* all;

static void make(int robust, int protocol) {
  all = mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(all != MAP_FAILED && sem_init(&all->taken, 1, 0) == 0);
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  CHECK(pthread_mutexattr_setrobust(&attributes, robust) == 0);
  CHECK(pthread_mutexattr_setprotocol(&attributes, protocol) == 0);
  CHECK(pthread_mutex_init(&all->lock, &attributes) == 0);
  pthread_condattr_t condition;
  pthread_condattr_init(&condition);
  pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
  CHECK(pthread_cond_init(&all->changed, &condition) == 0);
}

static pid_t start(void (*body)(void)) {
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) body(), _exit(0);
  return child;
}

static void* die_with_lock(void* nothing) {
  CHECK(pthread_mutex_lock(&all->lock) == 0);
  all->count = 7;
  return nothing;
}
static void exit_with_lock(void) { die_with_lock(NULL); }
static void be_killed_with_lock(void) {
  die_with_lock(NULL);
  sem_post(&all->taken);
  pause();
}

// Takes the lock of somebody who has died and makes it whole again.
static void take_over(void) {
  CHECK(pthread_mutex_lock(&all->lock) == EOWNERDEAD && all->count == 7);
  CHECK(pthread_mutex_consistent(&all->lock) == 0 && pthread_mutex_unlock(&all->lock) == 0);
  CHECK(pthread_mutex_lock(&all->lock) == 0 && pthread_mutex_unlock(&all->lock) == 0);
}

static void robust_with(int protocol) {
  make(PTHREAD_MUTEX_ROBUST, protocol);
  pid_t child = start(exit_with_lock);
  CHECK(waitpid(child, NULL, 0) == child);
  take_over();
  child = start(be_killed_with_lock);
  CHECK(sem_wait(&all->taken) == 0 && pthread_mutex_trylock(&all->lock) == EBUSY);
  // Waits until its owner is dead.
  const pid_t killer = fork();
  if (killer == 0) kill(child, SIGKILL), _exit(0);
  take_over();
  CHECK(waitpid(child, NULL, 0) == child && waitpid(killer, NULL, 0) == killer);
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, die_with_lock, NULL) == 0 && pthread_join(thread, NULL) == 0);
  take_over();
}
static void robust(void) { robust_with(PTHREAD_PRIO_NONE); }
static void robust_inheriting(void) { robust_with(PTHREAD_PRIO_INHERIT); }

static void not_made_whole(void) {
  make(PTHREAD_MUTEX_ROBUST, PTHREAD_PRIO_NONE);
  const pid_t child = start(exit_with_lock);
  CHECK(waitpid(child, NULL, 0) == child);
  CHECK(pthread_mutex_lock(&all->lock) == EOWNERDEAD && pthread_mutex_unlock(&all->lock) == 0);
  CHECK(pthread_mutex_lock(&all->lock) == ENOTRECOVERABLE);
}

// The wait gives the lock back; who has it then dies.
static void wake_and_die(void) {
  die_with_lock(NULL);
  pthread_cond_signal(&all->changed);
}
static void condition_of_dead(void) {
  make(PTHREAD_MUTEX_ROBUST, PTHREAD_PRIO_NONE);
  CHECK(pthread_mutex_lock(&all->lock) == 0);
  const pid_t child = start(wake_and_die);
  CHECK(pthread_cond_wait(&all->changed, &all->lock) == EOWNERDEAD);
  CHECK(pthread_mutex_consistent(&all->lock) == 0 && pthread_mutex_unlock(&all->lock) == 0);
  CHECK(waitpid(child, NULL, 0) == child);
}

static void count_up(void) {
  for (int i = 0; i < 3; i++) {
    CHECK(pthread_mutex_lock(&all->lock) == 0);
    all->count++;
    CHECK(pthread_mutex_unlock(&all->lock) == 0);
  }
}
static void counts(int protocol) {
  make(PTHREAD_MUTEX_STALLED, protocol);
  const pid_t child = start(count_up);
  count_up();
  CHECK(waitpid(child, NULL, 0) == child && all->count == 6);
}
static void inheriting(void) { counts(PTHREAD_PRIO_INHERIT); }

static struct timespec in_seconds(clockid_t clock, int seconds) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_sec += seconds;
  return time;
}

static void hold(void) {
  CHECK(pthread_mutex_lock(&all->lock) == 0);
  sem_post(&all->taken);
  sleep(100);
  CHECK(pthread_mutex_unlock(&all->lock) == 0);
}
// Three limits that come while another has the lock, one that does not.
static void limits(void) {
  make(PTHREAD_MUTEX_STALLED, PTHREAD_PRIO_INHERIT);
  const pid_t child = start(hold);
  CHECK(sem_wait(&all->taken) == 0);
  struct timespec limit = in_seconds(CLOCK_REALTIME, 5);
  CHECK(pthread_mutex_timedlock(&all->lock, &limit) == ETIMEDOUT);
  limit = in_seconds(CLOCK_MONOTONIC, 5);
  CHECK(pthread_mutex_clocklock(&all->lock, CLOCK_MONOTONIC, &limit) == ETIMEDOUT);
  limit = in_seconds(CLOCK_MONOTONIC, 5);
  CHECK(sem_clockwait(&all->taken, CLOCK_MONOTONIC, &limit) == -1 && errno == ETIMEDOUT);
  CHECK(pthread_mutex_lock(&all->lock) == 0);
  limit = in_seconds(CLOCK_MONOTONIC, 5);
  CHECK(pthread_cond_clockwait(&all->changed, &all->lock, CLOCK_MONOTONIC, &limit) == ETIMEDOUT);
  CHECK(pthread_mutex_unlock(&all->lock) == 0 && waitpid(child, NULL, 0) == child);
  limit = in_seconds(CLOCK_REALTIME, 5);
  CHECK(pthread_mutex_timedlock(&all->lock, &limit) == 0);
}

static void stuck_owner_lives(void) {
  make(PTHREAD_MUTEX_ROBUST, PTHREAD_PRIO_NONE);
  start(be_killed_with_lock);
  sem_wait(&all->taken);
  pthread_mutex_lock(&all->lock);
}
static void stuck_not_robust(void) {
  make(PTHREAD_MUTEX_STALLED, PTHREAD_PRIO_INHERIT);
  const pid_t child = start(exit_with_lock);
  waitpid(child, NULL, 0);
  pthread_mutex_lock(&all->lock);
}

int main(int count, char** values) {
  static const struct {
    const char* name;
    void (*body)(void);
  } cases[] = {{"robust", robust}, {"robust_inheriting", robust_inheriting}, {"not_made_whole", not_made_whole},
               {"condition_of_dead", condition_of_dead}, {"inheriting", inheriting}, {"limits", limits},
               {"stuck_owner_lives", stuck_owner_lives}, {"stuck_not_robust", stuck_not_robust}};
  for (size_t i = 0; count == 2 && i < sizeof cases / sizeof *cases; i++) {
    if (strcmp(cases[i].name, values[1]) == 0) return cases[i].body(), 0;
  }
  return 2;
}
