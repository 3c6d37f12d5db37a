// Transfers lock both accounts, the one with the lower number first.
// prints: 300
#include <pthread.h>
#include <stdio.h>

struct account {
  pthread_mutex_t lock;
  int money;
} accounts[3];

static void transfer(int from, int to, int amount) {
  int low = from < to ? from : to, high = from < to ? to : from;
  pthread_mutex_lock(&accounts[low].lock);
  pthread_mutex_lock(&accounts[high].lock);
  accounts[from].money -= amount;
  accounts[to].money += amount;
  pthread_mutex_unlock(&accounts[high].lock);
  pthread_mutex_unlock(&accounts[low].lock);
}

static void* clerk(void* number) {
  int from = (int)(long)number;
  transfer(from, (from + 1) % 3, 10);
  transfer(from, (from + 2) % 3, 20);
  return NULL;
}

int main(void) {
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) {
    pthread_mutex_init(&accounts[i].lock, NULL);
    accounts[i].money = 100;
  }
  for (long i = 0; i < 3; i++) pthread_create(&threads[i], NULL, clerk, (void*)i);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  printf("%d\n", accounts[0].money + accounts[1].money + accounts[2].money);
  return 0;
}
