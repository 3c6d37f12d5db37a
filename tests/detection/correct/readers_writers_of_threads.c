// Readers and writers with POSIX semaphores, between threads, with a queue semaphore so that nobody starves.
// prints: 6
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

sem_t turnstile, room_empty, count_lock;
int readers, book, seen[3];

void* reader(void* number) {
  sem_wait(&turnstile);
  sem_post(&turnstile);
  sem_wait(&count_lock);
  readers++;
  if (readers == 1) sem_wait(&room_empty);
  sem_post(&count_lock);
  seen[(long)number] = book;
  sem_wait(&count_lock);
  readers--;
  if (readers == 0) sem_post(&room_empty);
  sem_post(&count_lock);
  return NULL;
}
void* writer(void* by) {
  sem_wait(&turnstile);
  sem_wait(&room_empty);
  book += (long)by;
  sem_post(&turnstile);
  sem_post(&room_empty);
  return NULL;
}

int main(void) {
  pthread_t threads[6];
  sem_init(&turnstile, 0, 1);
  sem_init(&room_empty, 0, 1);
  sem_init(&count_lock, 0, 1);
  for (long i = 0; i < 3; i++) {
    pthread_create(&threads[2 * i], NULL, reader, (void*)i);
    pthread_create(&threads[2 * i + 1], NULL, writer, (void*)(i + 1));
  }
  for (int i = 0; i < 6; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < 3; i++)
    if (seen[i] > 6) return 1;
  printf("%d\n", book);
  return 0;
}
