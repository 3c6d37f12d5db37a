// Reads and writes one int a thousand times; the argument says where it is. Prints "done".
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

static int global;

static void* nothing(void* argument) { return argument; }

static volatile int* place(const char* where) {
  static volatile int* mapping;
  pthread_t thread;
  if (strcmp(where, "heap") == 0) return malloc(sizeof(int));
  if (strncmp(where, "mapping", 7) == 0) {
    mapping = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (strcmp(where, "mapping-replaced") == 0) {
      mmap((void*)mapping, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    }
    if (strcmp(where, "mapping-rest") == 0) {
      munmap((void*)mapping, 4096);
      return mapping + 1024;
    }
    return mapping;
  }
  if (strncmp(where, "segment", 7) == 0) {
    int id = shmget(IPC_PRIVATE, 20, IPC_CREAT | 0600);
    mapping = shmat(id, NULL, 0);
    shmctl(id, IPC_RMID, NULL);
    if (strcmp(where, "segment") == 0) return mapping;
    shmdt((void*)mapping);
    return mmap((void*)mapping, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }
  if (strcmp(where, "global-with-thread") == 0 || strcmp(where, "stack-with-thread") == 0) {
    pthread_create(&thread, NULL, nothing, NULL);
    pthread_join(thread, NULL);
  }
  return &global;
}

static void count_up(volatile int* target) {
  for (int i = 0; i < 1000; i++) *target = *target + 1;
}

static void* count_up_its_own(void* argument) {
  volatile int local = 0;
  count_up(&local);
  return argument;
}

int main(int count, char** arguments) {
  volatile int local = 0;
  (void)count;
  volatile int* target = place(arguments[1]);
  if (strcmp(arguments[1], "stack-of-thread") == 0) {
    pthread_t thread;
    pthread_create(&thread, NULL, count_up_its_own, NULL);
    pthread_join(thread, NULL);
  } else {
    count_up(strncmp(arguments[1], "stack", 5) == 0 ? &local : target);
  }
  puts("done");
  return 0;
}
