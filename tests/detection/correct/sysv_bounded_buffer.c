// The classic: a ring in a segment, three semaphores, two producers and two consumers.
// prints: 36
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>

#define SIZE 2
#define EACH 4
enum { FILLED, EMPTY, MUTEX };

struct buffer {
  int slot[SIZE];
  int in, out;
  int sum;
};

int sem;
void P(int which) {
  struct sembuf op = {which, -1, 0};
  if (semop(sem, &op, 1) == -1) exit(1);
}
void V(int which) {
  struct sembuf op = {which, +1, 0};
  if (semop(sem, &op, 1) == -1) exit(1);
}

void produce(struct buffer* b, int first) {
  for (int i = 0; i < EACH; i++) {
    P(EMPTY);
    P(MUTEX);
    b->slot[b->in] = first + i;
    b->in = (b->in + 1) % SIZE;
    V(MUTEX);
    V(FILLED);
  }
}
void consume(struct buffer* b) {
  for (int i = 0; i < EACH; i++) {
    P(FILLED);
    P(MUTEX);
    b->sum += b->slot[b->out];
    b->out = (b->out + 1) % SIZE;
    V(MUTEX);
    V(EMPTY);
  }
}

int main(void) {
  int shm = shmget(IPC_PRIVATE, sizeof(struct buffer), IPC_CREAT | 0600);
  struct buffer* b = shmat(shm, 0, 0);
  sem = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  semctl(sem, FILLED, SETVAL, 0);
  semctl(sem, EMPTY, SETVAL, SIZE);
  semctl(sem, MUTEX, SETVAL, 1);
  for (int i = 0; i < 4; i++) {
    if (fork() == 0) {
      if (i < 2)
        produce(b, 1 + i * EACH);
      else
        consume(b);
      exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", b->sum);
  shmctl(shm, IPC_RMID, 0);
  semctl(sem, 0, IPC_RMID);
  return 0;
}
