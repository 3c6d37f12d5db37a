// Everybody passes a turnstile, which the writer holds from asking until it has been in, so no reader overtakes it.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { kReaders = 2 };

static pthread_mutex_t turnstile = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t room = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int asked;
static atomic_int overtaken;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* read_often(void* nothing) {
  for (int i = 0; i < 3; i++) {
    pthread_mutex_lock(&turnstile);
    pthread_rwlock_rdlock(&room);
    if (atomic_load(&asked)) atomic_fetch_add(&overtaken, 1);
    pthread_mutex_unlock(&turnstile);
    pthread_rwlock_unlock(&room);
  }
  return nothing;
}

static void* write_once(void* nothing) {
  pthread_mutex_lock(&turnstile);
  atomic_store(&asked, 1);
  pthread_rwlock_wrlock(&room);
  atomic_store(&asked, 0);
  pthread_rwlock_unlock(&room);
  pthread_mutex_unlock(&turnstile);
  return nothing;
}

int main(void) {
  pthread_t readers[kReaders];
  for (int i = 0; i < kReaders; i++) readers[i] = start(read_often);
  pthread_t writer = start(write_once);
  for (int i = 0; i < kReaders; i++) pthread_join(readers[i], NULL);
  pthread_join(writer, NULL);
  printf("overtaken %d times\n", overtaken);
  return overtaken <= kReaders ? 0 : 1;
}
