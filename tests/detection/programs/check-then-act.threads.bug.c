// Two threads book a room. The lock is given back between the look and the booking, so both may book it.
// shows: exit 1
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
  pthread_mutex_unlock(&lock);
  pthread_mutex_lock(&lock);
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
