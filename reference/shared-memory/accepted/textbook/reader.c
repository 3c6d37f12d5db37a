// The reference reader: the steps in the order of the handout, and one that only ours takes: it refuses a segment that
// was written past its end.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#define KEY 12345
#define SIZE 20

static void fail(const char* why) {
  printf("reader failed: %s\n", why);
  exit(1);
}

static struct shmid_ds ask(int id) {
  struct shmid_ds status;
  if (shmctl(id, IPC_STAT, &status) == -1) fail(strerror(errno));
  return status;
}

static void erase(int id) {
  if (shmctl(id, IPC_RMID, NULL) == -1) fail(strerror(errno));
}

// The kernel hands out whole pages, so bytes after the segment's last one can be written, and read, without a fault.
// In a new segment they are zero.
static size_t bytes_past_the_end(const char* memory, size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t count = 0;
  for (size_t i = size; i % page != 0; i++) count += memory[i] != 0;
  return count;
}

int main(void) {
  int id = shmget(KEY, SIZE, 0600);
  if (id == -1) fail(strerror(errno));
  char* memory = shmat(id, NULL, 0);
  if (memory == (char*)-1) fail(strerror(errno));

  struct shmid_ds status = ask(id);
  if (bytes_past_the_end(memory, status.shm_segsz) > 0) {
    erase(id);
    fail("the segment was written past its end");
  }
  printf("reader got %.*s\n", SIZE - 1, memory);
  printf("status %lu bytes, mode %o, attached %lu\n", (unsigned long)status.shm_segsz, status.shm_perm.mode & 0777,
         (unsigned long)status.shm_nattch);

  status.shm_perm.mode = 0400;
  if (shmctl(id, IPC_SET, &status) == -1) fail(strerror(errno));
  printf("sealed, mode %o\n", ask(id).shm_perm.mode & 0777);

  if (shmdt(memory) == -1) fail(strerror(errno));
  printf("detached, attached %lu\n", (unsigned long)ask(id).shm_nattch);
  erase(id);
  return 0;
}
