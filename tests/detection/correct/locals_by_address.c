// Structs on the stack of main and of a thread are given to threads by address: each is handed back by a semaphore, or by
// the end of the thread.
// prints: 5 7 12
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

struct job {
  int from, to, result;
  sem_t done;
};

static void* carry_out(void* argument) {
  struct job* job = argument;
  job->result = job->from + job->to;
  sem_post(&job->done);
  return NULL;
}

static int ask(int from, int to) {
  struct job job = {.from = from, .to = to};
  pthread_t thread;
  sem_init(&job.done, 0, 0);
  if (pthread_create(&thread, NULL, carry_out, &job) != 0) return -1;
  sem_wait(&job.done);
  const int result = job.result;
  pthread_join(thread, NULL);
  sem_destroy(&job.done);
  return result;
}

static void* ask_for_two(void* argument) {
  int* results = argument;
  results[0] = ask(2, 3);
  results[1] = ask(3, 4);
  return NULL;
}

int main(void) {
  int results[2] = {0, 0};
  pthread_t thread;
  if (pthread_create(&thread, NULL, ask_for_two, results) != 0) return 2;
  const int own = ask(5, 7);
  pthread_join(thread, NULL);
  printf("%d %d %d\n", results[0], results[1], own);
  return 0;
}
