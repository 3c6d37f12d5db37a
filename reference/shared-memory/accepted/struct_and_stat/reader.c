// Looks the size up instead of prescribing it, attaches for reading only, and prints from a copy when all else is done.
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

struct board {
  char text[20];
};

static bool refused(bool failed) {
  if (failed) printf("reader failed: %s\n", strerror(errno));
  return failed;
}

// Fills in the status; false, with a message, when that failed.
static bool ask(int segment, struct shmid_ds* about) { return !refused(shmctl(segment, IPC_STAT, about) < 0); }

int main(void) {
  struct shmid_ds about;
  const int segment = shmget(12345, 0, 0);
  if (refused(segment < 0)) return 2;
  const struct board* board = shmat(segment, NULL, SHM_RDONLY);
  if (refused(board == (void*)-1)) return 2;

  if (!ask(segment, &about)) return 2;
  printf("status %zu bytes, mode 0%o, attached %zu\n", (size_t)about.shm_segsz, about.shm_perm.mode & 0777u,
         (size_t)about.shm_nattch);
  if (about.shm_segsz < sizeof *board) {
    printf("reader failed: the segment is too small\n");
    return 2;
  }
  struct board copy = *board;
  copy.text[sizeof copy.text - 1] = '\0';

  about.shm_perm.mode &= ~0277u;
  if (refused(shmctl(segment, IPC_SET, &about) < 0)) return 2;
  if (!ask(segment, &about)) return 2;
  printf("the segment is sealed, mode 0%o\n", about.shm_perm.mode & 0777u);
  if (refused(shmdt(board) < 0)) return 2;
  if (!ask(segment, &about)) return 2;
  printf("detached, attached %zu\n", (size_t)about.shm_nattch);
  if (refused(shmctl(segment, IPC_RMID, NULL) < 0)) return 2;
  printf("reader got %s\n", copy.text);
  return 0;
}
