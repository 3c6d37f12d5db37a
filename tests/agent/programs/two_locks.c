// Two threads need both locks. Without CORRECT they take them in opposite order, and may wait for each other for ever.
#include <pthread.h>

static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int work;

static void* use_both(void* first) {
  int begin = first != NULL;
#ifdef CORRECT
  begin = 0;
#endif
  pthread_mutex_lock(&locks[begin]);
  pthread_mutex_lock(&locks[1 - begin]);
  work++;
  pthread_mutex_unlock(&locks[1 - begin]);
  pthread_mutex_unlock(&locks[begin]);
  return NULL;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, use_both, i == 0 ? NULL : &work);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  return work == 2 ? 0 : 1;
}
