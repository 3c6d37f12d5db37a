// Sees the segment as a struct, reads its line byte by byte without stdio, and writes the text in place.
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

struct board {
  char text[20];
};

// Fills `text` with the start of the line on standard input and zero bytes after it; returns its length.
static size_t read_line(char* text, size_t size) {
  size_t length = 0;
  char next;
  while (read(STDIN_FILENO, &next, 1) == 1 && next != '\n')
    if (length < size - 1) text[length++] = next;
  memset(text + length, 0, size - length);
  return length;
}

int main(void) {
  const int segment = shmget((key_t)0x3039, sizeof(struct board), 0600 | IPC_CREAT);
  if (segment < 0) err(1, "cannot open the segment");
  struct board* board = shmat(segment, NULL, 0);
  if ((void*)-1 == (void*)board) err(1, "cannot attach the segment");

  read_line(board->text, sizeof board->text);
  struct board copy = *board;
  if (shmdt(board) != 0) err(1, "cannot detach");

  struct shmid_ds about;
  if (shmctl(segment, IPC_STAT, &about) != 0) err(1, "cannot ask the status");
  printf("The segment belongs to user %u and is now detached, attached %zu\n", (unsigned)about.shm_perm.uid,
         (size_t)about.shm_nattch);
  printf("writer put %.20s\n", copy.text);
}
