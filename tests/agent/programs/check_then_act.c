// Two threads book the one seat. Without CORRECT both may find it free. Ends with 0 when it was booked once.
#include <pthread.h>
#include <stdatomic.h>

static int taken;
static atomic_int bookings;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void* book(void* nothing) {
#ifdef CORRECT
  pthread_mutex_lock(&lock);
#endif
  if (!taken) {
    taken = 1;
    bookings++;
  }
#ifdef CORRECT
  pthread_mutex_unlock(&lock);
#endif
  return nothing;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, book, &lock);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  return bookings == 1 ? 0 : 1;
}
