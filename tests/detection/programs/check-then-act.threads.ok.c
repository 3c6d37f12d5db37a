// Two threads book a room. Look and booking are one section, so only one of them books it.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int taken;
static int bookings;

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void* book(void* nothing) {
  pthread_mutex_lock(&lock);
  int seen = taken;
  if (!seen) {
    taken = 1;
    bookings++;
  }
  pthread_mutex_unlock(&lock);
  return nothing;
}

int main(void) {
  pthread_t first = start(book);
  pthread_t second = start(book);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("bookings %d\n", bookings);
  return bookings == 1 ? 0 : 1;
}
