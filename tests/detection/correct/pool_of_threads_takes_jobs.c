// A pool: jobs in a list under a mutex, a condition variable for who waits, and a flag for the end.
// prints: 285
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct job {
  int number;
  struct job* next;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct job* jobs;
static int is_over, sum;

static void* worker(void* unused) {
  pthread_mutex_lock(&lock);
  for (;;) {
    while (jobs == NULL && !is_over) pthread_cond_wait(&changed, &lock);
    if (jobs == NULL) break;
    struct job* job = jobs;
    jobs = job->next;
    pthread_mutex_unlock(&lock);
    int square = job->number * job->number;
    free(job);
    pthread_mutex_lock(&lock);
    sum += square;
  }
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, worker, NULL);
  for (int i = 0; i < 10; i++) {
    struct job* job = malloc(sizeof *job);
    job->number = i;
    pthread_mutex_lock(&lock);
    job->next = jobs;
    jobs = job;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
  }
  pthread_mutex_lock(&lock);
  is_over = 1;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%d\n", sum);
  return 0;
}
