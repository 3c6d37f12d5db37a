// Threads made and ended in every way of pthread and C11; prints what they returned.
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

static int fds[2];
static mtx_t lock;
static cnd_t changed;
static int phase;

static void* returns(void* argument) { return argument; }

static void* exits(void* argument) {
  pthread_exit(argument);
  return NULL;
}

static void* waits_for_ever(void* argument) {
  char byte;
  read(fds[0], &byte, 1);
  return argument;
}

static int waits_for_phase(void* argument) {
  mtx_lock(&lock);
  while (phase == 0) cnd_wait(&changed, &lock);
  mtx_unlock(&lock);
  if (argument != NULL) thrd_exit(23);
  return 17;
}

int main(void) {
  void* (*routines[])(void*) = {returns, exits, waits_for_ever};
  pipe(fds);
  for (int i = 0; i < 3; i++) {
    pthread_t thread;
    void* result = NULL;
    pthread_create(&thread, NULL, routines[i], &fds);
    if (i == 2) pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("%d %d\n", result == &fds, result == PTHREAD_CANCELED);
  }
  mtx_init(&lock, mtx_plain);
  cnd_init(&changed);
  thrd_t threads[2];
  for (int i = 0; i < 2; i++) thrd_create(&threads[i], waits_for_phase, i == 0 ? NULL : &lock);
  mtx_lock(&lock);
  phase = 1;
  cnd_broadcast(&changed);
  mtx_unlock(&lock);
  for (int i = 0; i < 2; i++) {
    int result = 0;
    thrd_join(threads[i], &result);
    printf("%d\n", result);
  }
  pthread_attr_t impossible;
  pthread_attr_init(&impossible);
  pthread_attr_setstacksize(&impossible, 1UL << 46);
  int failed = 0;
  for (int i = 0; i < 600; i++) {
    pthread_t thread;
    failed += pthread_create(&thread, &impossible, returns, NULL) != 0;
  }
  printf("%d failed\n", failed);
  pthread_exit(NULL);
}
