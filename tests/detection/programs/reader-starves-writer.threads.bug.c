// A read-write lock of the default kind lets readers in while others read, so a writer that asked is overtaken again
// and again. More often than there are readers counts as wrong: those were already at the door, the others came later.
// shows: exit 1
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { kReaders = 2 };

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
    pthread_rwlock_rdlock(&room);
    if (atomic_load(&asked)) atomic_fetch_add(&overtaken, 1);
    pthread_rwlock_unlock(&room);
  }
  return nothing;
}

static void* write_once(void* nothing) {
  atomic_store(&asked, 1);
  pthread_rwlock_wrlock(&room);
  atomic_store(&asked, 0);
  pthread_rwlock_unlock(&room);
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
