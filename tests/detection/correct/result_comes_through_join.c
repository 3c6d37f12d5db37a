// Parts of an array go to threads; each returns a block of the heap, read and freed after the join.
// prints: 36
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int numbers[8];

static void* part(void* begin) {
  int* sum = malloc(sizeof *sum);
  *sum = 0;
  for (int* at = begin; at < (int*)begin + 4; at++) *sum += *at;
  return sum;
}

int main(void) {
  pthread_t low, high;
  void *first, *second;
  for (int i = 0; i < 8; i++) numbers[i] = i + 1;
  pthread_create(&low, NULL, part, numbers);
  pthread_create(&high, NULL, part, numbers + 4);
  pthread_join(low, &first);
  pthread_join(high, &second);
  printf("%d\n", *(int*)first + *(int*)second);
  free(first);
  free(second);
  return 0;
}
