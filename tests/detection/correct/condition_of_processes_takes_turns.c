// Mutex and condition variable in a segment; a number says whose turn it is.
// prints: 0 1 2 0 1 2
#include <pthread.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  pthread_mutex_t lock;
  pthread_cond_t turned;
  int turn, count;
  int order[6];
};

int main(void) {
  int id = shmget(IPC_PRIVATE, sizeof(struct shared), IPC_CREAT | 0600);
  struct shared* s = shmat(id, NULL, 0);
  pthread_mutexattr_t mutex;
  pthread_condattr_t condition;
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&s->lock, &mutex);
  pthread_condattr_init(&condition);
  pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&s->turned, &condition);
  for (int me = 0; me < 3; me++) {
    if (fork() != 0) continue;
    for (int i = 0; i < 2; i++) {
      pthread_mutex_lock(&s->lock);
      while (s->turn != me) pthread_cond_wait(&s->turned, &s->lock);
      s->order[s->count++] = me;
      s->turn = (me + 1) % 3;
      pthread_cond_broadcast(&s->turned);
      pthread_mutex_unlock(&s->lock);
    }
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  for (int i = 0; i < 6; i++) printf("%d%c", s->order[i], i < 5 ? ' ' : '\n');
  shmctl(id, IPC_RMID, NULL);
  return 0;
}
