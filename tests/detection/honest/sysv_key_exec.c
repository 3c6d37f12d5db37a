// Executes itself twice as "adder"; the adders find the shared memory, the semaphore and the queue by their key.
// prints: counter 10
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kKey = 0x6a6c0c };

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
};

struct message {
  long type;
  char text[6];
};

static _Noreturn void failed(int line, const char* what) {
  fprintf(stderr, "line %d: not so: %s\n", line, what);
  _exit(1);
}

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__, #what))

static void change(int semaphores, unsigned short number, short by) {
  struct sembuf operation = {number, by, 0};
  CHECK(TEMP_FAILURE_RETRY(semop(semaphores, &operation, 1)) == 0);
}

static void expect_success(pid_t child) {
  int status = 0;
  CHECK(TEMP_FAILURE_RETRY(waitpid(child, &status, 0)) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static int adder(void) {
  const int memory = shmget(kKey, 0, 0);
  const int semaphores = semget(kKey, 0, 0);
  const int queue = msgget(kKey, 0);
  CHECK(memory >= 0 && semaphores >= 0 && queue >= 0);
  int* counter = shmat(memory, NULL, 0);
  CHECK(counter != (void*)-1);
  for (int i = 0; i < 5; ++i) {
    change(semaphores, 0, -1);
    ++*counter;
    change(semaphores, 0, 1);
  }
  CHECK(shmdt(counter) == 0);
  struct message message = {1, "ended"};
  CHECK(TEMP_FAILURE_RETRY(msgsnd(queue, &message, sizeof message.text, 0)) == 0);
  return 0;
}

int main(int argc, char** argv) {
  if (argc > 1 && strcmp(argv[1], "adder") == 0) return adder();

  const int memory = shmget(kKey, sizeof(int), IPC_CREAT | IPC_EXCL | 0600);
  const int semaphores = semget(kKey, 1, IPC_CREAT | IPC_EXCL | 0600);
  const int queue = msgget(kKey, IPC_CREAT | IPC_EXCL | 0600);
  CHECK(memory >= 0 && semaphores >= 0 && queue >= 0);
  int* counter = shmat(memory, NULL, 0);
  CHECK(counter != (void*)-1);
  CHECK(semctl(semaphores, 0, SETVAL, (union semun){.val = 1}) == 0);

  pid_t children[2];
  for (int i = 0; i < 2; ++i) {
    children[i] = fork();
    CHECK(children[i] >= 0);
    if (children[i] == 0) {
      execl(argv[0], argv[0], "adder", (char*)NULL);
      _exit(1);
    }
  }
  for (int i = 0; i < 2; ++i) {
    struct message message;
    CHECK(TEMP_FAILURE_RETRY(msgrcv(queue, &message, sizeof message.text, 1, 0)) == sizeof message.text);
    CHECK(strcmp(message.text, "ended") == 0);
  }
  for (int i = 0; i < 2; ++i) expect_success(children[i]);

  struct shmid_ds record;
  CHECK(shmctl(memory, IPC_STAT, &record) == 0 && record.shm_nattch == 1);
  CHECK(*counter == 10);
  printf("counter %d\n", *counter);
  CHECK(shmctl(memory, IPC_RMID, NULL) == 0 && semctl(semaphores, 0, IPC_RMID) == 0);
  CHECK(msgctl(queue, IPC_RMID, NULL) == 0);
  return 0;
}
