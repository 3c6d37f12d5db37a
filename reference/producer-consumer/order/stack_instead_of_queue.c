// The buffer is a stack: the consumer takes the *newest* word. Every word arrives, but not first in, first out.
// Looks right when the order is not looked at (sorting input and output and comparing them shows no difference), and
// as long as the consumer keeps up: with at most one word in the buffer a stack is a queue.
//
// fails: in-order
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 8

typedef struct {
  char text[32];
} item_t;

typedef struct {
  sem_t filled;
  sem_t empty;
  sem_t mutex;
  int top;  // number of items in the buffer
  item_t buffer[SIZE];
  bool finished;
} shared_t;

static shared_t *sh;
static char **input;
static int n_input;

static void read_input(void) {
  char line[64];
  while (fgets(line, sizeof(line), stdin) != NULL) {
    line[strcspn(line, "\r\n")] = 0;
    if (strlen(line) == 0) continue;
    line[31] = 0;
    input = realloc(input, (n_input + 1) * sizeof(char *));
    input[n_input++] = strdup(line);
  }
}

static void put(item_t item) {
  sem_wait(&sh->empty);
  sem_wait(&sh->mutex);
  sh->buffer[sh->top] = item;
  sh->top++;
  sem_post(&sh->mutex);
  sem_post(&sh->filled);
}

// false when everything has been consumed
static bool get(item_t *item) {
  sem_wait(&sh->filled);
  sem_wait(&sh->mutex);
  if (sh->top == 0 && sh->finished) {
    sem_post(&sh->mutex);
    return false;
  }
  sh->top--;
  *item = sh->buffer[sh->top];
  sem_post(&sh->mutex);
  sem_post(&sh->empty);
  return true;
}

static void run_producer(int me, int producers) {
  for (int i = me; i < n_input; i += producers) {
    item_t item;
    strcpy(item.text, input[i]);
    put(item);
    printf("produced %s\n", item.text);
    fflush(stdout);
  }
  exit(0);
}

static void run_consumer(int me) {
  for (;;) {
    item_t item;
    if (!get(&item)) break;
    printf("consumer %d got %s\n", me, item.text);
    fflush(stdout);
  }
  exit(0);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    printf("Usage: prodcons <producers> <consumers>\n");
    return 1;
  }
  int producers = atoi(argv[1]);
  int consumers = atoi(argv[2]);
  read_input();

  sh = mmap(NULL, sizeof(shared_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (sh == MAP_FAILED) {
    perror("mmap");
    return 1;
  }
  sem_init(&sh->filled, 1, 0);
  sem_init(&sh->empty, 1, SIZE);
  sem_init(&sh->mutex, 1, 1);
  sh->top = 0;

  pid_t pids[producers];
  for (int i = 0; i < producers; i++) {
    pids[i] = fork();
    if (pids[i] == 0) run_producer(i, producers);
  }
  for (int i = 0; i < consumers; i++) {
    if (fork() == 0) run_consumer(i + 1);
  }

  // all words are in the buffer when the producers are done, then every consumer is woken once more
  for (int i = 0; i < producers; i++) waitpid(pids[i], NULL, 0);
  sem_wait(&sh->mutex);
  sh->finished = true;
  sem_post(&sh->mutex);
  for (int i = 0; i < consumers; i++) sem_post(&sh->filled);
  while (wait(NULL) > 0)
    ;

  sem_destroy(&sh->filled);
  sem_destroy(&sh->empty);
  sem_destroy(&sh->mutex);
  munmap(sh, sizeof(shared_t));
  return 0;
}
