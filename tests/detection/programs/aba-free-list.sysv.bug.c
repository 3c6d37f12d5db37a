// A free list without locks whose head carries a version that never changes: while one task is between reading the
// head and replacing it, another takes two nodes and gives the first back, and a node is handed out twice (ABA).
// shows: exit 1
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kNodes = 4 };

struct shared {
  atomic_ulong head;
  atomic_int next[kNodes + 1];
  int held[3];
};

static struct shared* shared;
static int segment;

static void create(void) {
  segment = shmget(IPC_PRIVATE, sizeof *shared, 0600);
  shared = shmat(segment, NULL, 0);
  if (shared == (void*)-1) exit(2);
}

static void start(void (*work)(void)) {
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) work(), _exit(0);
}

static void finish(void) {
  int failed = 0;
  for (int status; wait(&status) > 0;) failed |= status;
  shmctl(segment, IPC_RMID, NULL);
  if (failed) exit(2);
}

// A head is a version times 16 plus the number of the node on top, 0 for an empty list.
static unsigned long new_head(unsigned long old, int top) { return old / 16 * 16 + (unsigned long)top; }

static int take(void) {
  unsigned long old = atomic_load(&shared->head);
  while (old % 16 != 0) {
    int top = (int)(old % 16);
    int below = atomic_load(&shared->next[top]);
    if (atomic_compare_exchange_strong(&shared->head, &old, new_head(old, below))) return top;
  }
  return 0;
}

static void give(int node) {
  unsigned long old = atomic_load(&shared->head);
  do {
    atomic_store(&shared->next[node], (int)(old % 16));
  } while (!atomic_compare_exchange_strong(&shared->head, &old, new_head(old, node)));
}

static void take_two(void) {
  shared->held[0] = take();
  shared->held[1] = take();
}

static void take_two_and_give_one_back(void) {
  int node = take();
  shared->held[2] = take();
  give(node);
}

int main(void) {
  create();
  for (int node = kNodes; node > 0; node--) give(node);
  start(take_two);
  start(take_two_and_give_one_back);
  finish();
  int twice =
      shared->held[0] == shared->held[1] || shared->held[0] == shared->held[2] || shared->held[1] == shared->held[2];
  printf("held %d, %d, %d\n", shared->held[0], shared->held[1], shared->held[2]);
  return twice;
}
