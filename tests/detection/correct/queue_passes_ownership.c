// Two workers fill cells of shared memory that they were given through a message queue, and give them back through it.
// prints: 6 cells, sum 21
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kCells = 6, kWork = 1, kDone = 2 };
struct message {
  long type;
  int cell;
};
static int queue;

static void put(long type, int cell) {
  struct message message = {type, cell};
  if (msgsnd(queue, &message, sizeof message.cell, 0) == -1) exit(1);
}

static int get(long type) {
  struct message message;
  if (msgrcv(queue, &message, sizeof message.cell, type, 0) == -1) exit(1);
  return message.cell;
}

static void work(int* cells) {
  for (int cell; (cell = get(kWork)) >= 0;) {
    cells[cell] = cells[cell] * 2 - cell;
    put(kDone, cell);
  }
}

int main(void) {
  int* cells = mmap(NULL, kCells * sizeof *cells, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  queue = msgget(IPC_PRIVATE, 0600);
  for (int i = 0; i < 2; i++)
    if (fork() == 0) work(cells), _exit(0);
  for (int cell = 0; cell < kCells; cell++) {
    cells[cell] = cell + 1;
    put(kWork, cell);
  }
  int sum = 0, count = 0;
  for (; count < kCells; count++) {
    const int cell = get(kDone);
    sum += (cells[cell] + cell) / 2;
  }
  put(kWork, -1);
  put(kWork, -1);
  while (wait(NULL) > 0) continue;
  msgctl(queue, IPC_RMID, NULL);
  printf("%d cells, sum %d\n", count, sum);
  return 0;
}
