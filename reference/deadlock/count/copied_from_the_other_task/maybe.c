// B's function is a copy of A's with the two devices exchanged, and one letter was left as it was: B says that A makes
// a copy. As many lines come as should, and in most runs nobody reads who makes the second copy.
//
// fails: can-copy
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t scanner, printer;

static void* a(void* unused)
{
  sem_wait(&scanner);
  printf("A has the scanner\n");
  fflush(stdout);
  sem_wait(&printer);
  printf("A has the printer\n");
  printf("A makes a copy\n");
  printf("A gives back the printer\n");
  fflush(stdout);
  sem_post(&printer);
  printf("A gives back the scanner\n");
  fflush(stdout);
  sem_post(&scanner);
  return unused;
}

static void* b(void* unused)
{
  sem_wait(&printer);
  printf("B has the printer\n");
  fflush(stdout);
  sem_wait(&scanner);
  printf("B has the scanner\n");
  printf("A makes a copy\n");
  printf("B gives back the scanner\n");
  fflush(stdout);
  sem_post(&scanner);
  printf("B gives back the printer\n");
  fflush(stdout);
  sem_post(&printer);
  return unused;
}

int main(void)
{
  pthread_t first, second;
  sem_init(&scanner, 0, 1);
  sem_init(&printer, 0, 1);
  if (pthread_create(&first, NULL, a, NULL) != 0 || pthread_create(&second, NULL, b, NULL) != 0) {
    fprintf(stderr, "no more threads\n");
    return 1;
  }
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  sem_destroy(&scanner);
  sem_destroy(&printer);
  return 0;
}
