// prodcons P C: P producers and C consumers around a bounded buffer.
//
// This compiles and ends, but no word reaches a consumer yet. What is missing: the three semaphores, the consumers'
// work, and a way to tell the consumers that the last word has gone.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#define SLOTS 8
#define WORD_SIZE 32
#define MAX_WORDS 1000

// What all processes share. Whatever is not in here, each process has for itself after fork.
struct buffer {
  int in, out;
  char slot[SLOTS][WORD_SIZE];
};

static char words[MAX_WORDS][WORD_SIZE];
static int word_count;
static struct buffer* buffer;

// The parent reads everything before it starts anybody.
static void read_words(void) {
  while (word_count < MAX_WORDS && scanf("%31s", words[word_count]) == 1) word_count++;
}

// Nothing here waits for room yet, and nothing keeps two producers apart.
static void insert(const char* word) {
  strcpy(buffer->slot[buffer->in], word);
  buffer->in = (buffer->in + 1) % SLOTS;
}

// Producer `number`, from 0, inserts every `producers`-th word.
static void produce(int number, int producers) {
  for (int i = number; i < word_count; i += producers) {
    insert(words[i]);
    printf("produced %s\n", words[i]);
    fflush(stdout);
  }
}

// Consumer `number`, from 1, should take words until there are no more, and print "consumer <number> got <word>" for
// each.
static void consume(int number) { fprintf(stderr, "consumer %d does nothing yet\n", number); }

int main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s P C\n", argv[0]);
    return 1;
  }
  int producers = atoi(argv[1]);
  int consumers = atoi(argv[2]);
  read_words();

  int segment = shmget(IPC_PRIVATE, sizeof(struct buffer), IPC_CREAT | 0600);
  if (segment == -1) {
    perror("shmget");
    return 1;
  }
  buffer = shmat(segment, NULL, 0);
  if (buffer == (void*)-1) {
    perror("shmat");
    shmctl(segment, IPC_RMID, NULL);
    return 1;
  }

  for (int i = 0; i < producers; i++) {
    if (fork() == 0) {
      produce(i, producers);
      return 0;
    }
  }
  for (int i = 1; i <= consumers; i++) {
    if (fork() == 0) {
      consume(i);
      return 0;
    }
  }

  for (int i = 0; i < producers + consumers; i++) wait(NULL);
  shmctl(segment, IPC_RMID, NULL);
  return 0;
}
