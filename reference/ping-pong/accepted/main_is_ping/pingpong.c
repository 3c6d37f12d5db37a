/* Unusual, but right: the main thread is Ping and has one more thread for Pong. Ping begins without a P, and each of them
 * prints in a way of its own. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static sem_t to_ping, to_pong;
static int rounds;

static void* pong(void* unused) {
  for (int i = 0; i < rounds; i++) {
    sem_wait(&to_pong);
    dprintf(STDOUT_FILENO, "%s", i % 2 ? "Pong,\n" : "Pong, ");
    sem_post(&to_ping);
  }
  return unused;
}

int main(int argc, char** argv) {
  rounds = argc == 2 ? atoi(argv[1]) : 3;
  sem_init(&to_ping, 0, 0);
  sem_init(&to_pong, 0, 0);
  pthread_t other;
  if (pthread_create(&other, NULL, pong, NULL) != 0) return 1;
  for (int i = 0; i < rounds; i++) {
    for (const char* letter = "Ping"; *letter; letter++) putchar(*letter);
    fflush(stdout);
    sem_post(&to_pong);
    sem_wait(&to_ping);
  }
  pthread_join(other, NULL);
  return 0;
}
