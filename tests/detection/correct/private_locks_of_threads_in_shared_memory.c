// A mutex, a condition variable and a semaphore without "shared between processes", in memory that processes share: each
// process has threads of its own that use its set, and none the other's.
// prints: 4 4
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct set {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  sem_t room;
  int done, total;
};

static void* work(void* argument) {
  struct set* set = argument;
  sem_wait(&set->room);
  pthread_mutex_lock(&set->mutex);
  set->total += 2;
  set->done++;
  pthread_cond_signal(&set->changed);
  pthread_mutex_unlock(&set->mutex);
  sem_post(&set->room);
  return NULL;
}

static int run(struct set* set) {
  pthread_t threads[2];
  pthread_mutex_init(&set->mutex, NULL);
  pthread_cond_init(&set->changed, NULL);
  sem_init(&set->room, 0, 1);
  for (int i = 0; i < 2; i++) {
    if (pthread_create(&threads[i], NULL, work, set) != 0) return 2;
  }
  pthread_mutex_lock(&set->mutex);
  while (set->done < 2) pthread_cond_wait(&set->changed, &set->mutex);
  pthread_mutex_unlock(&set->mutex);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  return 0;
}

int main(void) {
  struct set* sets = mmap(NULL, 2 * sizeof *sets, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (sets == MAP_FAILED) return 2;
  if (fork() == 0) _exit(run(&sets[1]));
  int status = 0;
  if (run(&sets[0]) != 0 || wait(&status) < 0 || status != 0) return 2;
  printf("%d %d\n", sets[0].total, sets[1].total);
  return 0;
}
