// Peterson's algorithm with sequentially consistent atomics guards a plain counter, between processes.
// prints: 6
// finds: busy-waiting
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  atomic_int wants[2], turn;
  int counter;
};

static void run(struct shared* s, int me) {
  for (int i = 0; i < 3; i++) {
    atomic_store(&s->wants[me], 1);
    atomic_store(&s->turn, 1 - me);
    while (atomic_load(&s->wants[1 - me]) && atomic_load(&s->turn) == 1 - me) sched_yield();
    s->counter++;
    atomic_store(&s->wants[me], 0);
  }
}

int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(struct shared), IPC_CREAT | 0600);
  struct shared* s = shmat(id, NULL, 0);
  if (fork() == 0) {
    run(s, 1);
    _exit(0);
  }
  run(s, 0);
  wait(NULL);
  printf("%d\n", s->counter);
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
