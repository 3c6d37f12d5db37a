// Three philosophers, each takes the fork at the left first: each may hold one and wait for the next.
// shows: deadlock
// deadlock: circular-wait
// story: wants
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kSeats = 3 };

struct shared {
  sem_t forks[kSeats];
  int eaten[kSeats];
};

static struct shared* shared;

static void create(void) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit(2);
}

static void start(void (*work)(int), int number) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(number), _exit(0);
}

static void eat(int seat) {
  int first = seat;
  int second = (seat + 1) % kSeats;
  sem_wait(&shared->forks[first]);
  sem_wait(&shared->forks[second]);
  shared->eaten[seat] = 1;
  sem_post(&shared->forks[second]);
  sem_post(&shared->forks[first]);
}

int main(void) {
  create();
  int eaten = 0;
  for (int i = 0; i < kSeats; i++) sem_init(&shared->forks[i], 1, 1);
  for (int i = 0; i < kSeats; i++) start(eat, i);
  while (wait(NULL) > 0) continue;
  for (int i = 0; i < kSeats; i++) eaten += shared->eaten[i];
  printf("eaten %d\n", eaten);
  return eaten == kSeats ? 0 : 1;
}
