// The second child tells the first by a V that it may go on, whoever did the work. The first looks at the semaphore again
// and again, and finds it raised at last.
// maybe finds: busy-waiting
// maybe races: *done
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

static int semaphores;
static int* done;

static void wait_for_partner(void) {
  while (semctl(semaphores, 0, GETVAL) == 0) usleep(10);
}

static void tell_partner(void) {
  struct sembuf v = {0, 1, 0};
  if (semop(semaphores, &v, 1) != 0) exit(2);
}

static void first(void) {
  if (!*done) *done = 1;
  wait_for_partner();
}

static void second(void) {
  if (!*done) *done = 1;
  tell_partner();
}

static void start(void (*work)(void)) {
  const pid_t child = fork();
  if (child < 0) exit(2);
  if (child != 0) return;
  work();
  _exit(0);
}

int main(void) {
  const int segment = shmget(IPC_PRIVATE, sizeof *done, IPC_CREAT | 0600);
  semaphores = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  if (segment < 0 || semaphores < 0 || (done = shmat(segment, NULL, 0)) == (void*)-1) return 2;
  shmctl(segment, IPC_RMID, NULL);
  semctl(semaphores, 0, SETVAL, 0);
  start(first);
  start(second);
  for (int left = 2; left > 0;) {
    if (waitpid(-1, NULL, WNOHANG) > 0)
      --left;
    else
      usleep(1000);
  }
  semctl(semaphores, 0, IPC_RMID);
  puts("done");
}
