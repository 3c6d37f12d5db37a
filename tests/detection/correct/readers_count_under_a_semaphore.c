// Readers and writers with System V semaphores: the first reader locks writers out, the last lets them in.
// prints: 2 and 2
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>

enum { mutex, writing };
struct shared {
  int readers;
  int a, b;
};
int set;

void P(int member) { semop(set, &(struct sembuf){member, -1, 0}, 1); }
void V(int member) { semop(set, &(struct sembuf){member, 1, 0}, 1); }

void reader(struct shared* shared) {
  P(mutex);
  if (++shared->readers == 1) P(writing);
  V(mutex);
  int a = shared->a, b = shared->b;
  P(mutex);
  if (--shared->readers == 0) V(writing);
  V(mutex);
  exit(a == b ? 0 : 1);
}
void writer(struct shared* shared) {
  P(writing);
  shared->a++;
  shared->b++;
  V(writing);
  exit(0);
}

int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(struct shared), IPC_CREAT | 0600);
  struct shared* shared = shmat(id, NULL, 0);
  set = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
  semctl(set, mutex, SETVAL, 1);
  semctl(set, writing, SETVAL, 1);
  for (int i = 0; i < 4; i++)
    if (fork() == 0) {
      if (i % 2 == 0) reader(shared);
      writer(shared);
    }
  int status, torn = 0;
  while (wait(&status) > 0) torn += status != 0;
  if (torn) return 1;
  printf("%d and %d\n", shared->a, shared->b);
  shmctl(id, IPC_RMID, NULL);
  semctl(set, 0, IPC_RMID);
  return 0;
}
