// A print spooler: two processes enter two jobs each in the next free slot. Without CORRECT nothing protects the slot
// number, so two jobs may get the same slot. Ends with 0 when all four jobs are there, 1 when one was lost.
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

struct spooler {
  int in;
  char file[8][20];
};

static struct spooler* spool;
static int mutex;

static void change(int by) {
  struct sembuf operation = {0, by, 0};
#ifdef CORRECT
  semop(mutex, &operation, 1);
#else
  (void)operation;
#endif
}

static void enter(const char* name) {
  change(-1);
  int slot = spool->in;
  strcpy(spool->file[slot], name);
  spool->in = slot + 1;
  change(+1);
}

int main(void) {
  int segment = shmget(IPC_PRIVATE, sizeof(struct spooler), IPC_CREAT | 0600);
  spool = shmat(segment, NULL, 0);
  shmctl(segment, IPC_RMID, NULL);
  mutex = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
  semctl(mutex, 0, SETVAL, 1);
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      enter(i == 0 ? "a1" : "b1");
      enter(i == 0 ? "a2" : "b2");
      _exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  semctl(mutex, 0, IPC_RMID);
  int found = 0;
  for (int slot = 0; slot < spool->in; slot++) found += strlen(spool->file[slot]) == 2;
  return found == 4 ? 0 : 1;
}
