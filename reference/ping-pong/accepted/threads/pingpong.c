/* Two threads and two unnamed POSIX semaphores: nothing has a name, so nothing can be left behind. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

struct player {
  const char* word;
  sem_t turn;
  struct player* other;
  int rounds;
};

static void* play(void* argument) {
  struct player* me = argument;
  for (int i = 0; i < me->rounds; i++) {
    while (sem_wait(&me->turn) == -1 && errno == EINTR) continue;
    fputs(me->word, stdout);
    fflush(stdout);
    sem_post(&me->other->turn);
  }
  return NULL;
}

int main(int argc, char* argv[]) {
  const int rounds = argc > 1 ? atoi(argv[1]) : 10;
  struct player ping = {.word = "Ping", .rounds = rounds}, pong = {.word = "Pong, ", .rounds = rounds};
  ping.other = &pong;
  pong.other = &ping;
  if (sem_init(&ping.turn, 0, 1) != 0 || sem_init(&pong.turn, 0, 0) != 0) {
    perror("sem_init");
    return EXIT_FAILURE;
  }
  pthread_t thread[2];
  if (pthread_create(&thread[0], NULL, play, &pong) != 0) return EXIT_FAILURE;
  if (pthread_create(&thread[1], NULL, play, &ping) != 0) return EXIT_FAILURE;
  pthread_join(thread[0], NULL);
  pthread_join(thread[1], NULL);
  sem_destroy(&ping.turn);
  sem_destroy(&pong.turn);
  puts("");
  return EXIT_SUCCESS;
}
