// P(empty) and P(filled) are made of sem_trywait and usleep: whoever finds the buffer full or empty looks again in a
// while, in place of sleeping until the V. All words arrive in every execution, so a plain run looks right.
//
// fails: asleep
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
  bool last;  // no word, the consumer should stop
} item_t;

typedef struct {
  sem_t filled;
  sem_t empty;
  sem_t mutex;
  int in, out;
  item_t buffer[SIZE];
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
  while (sem_trywait(&sh->empty) != 0) usleep(100);
  sem_wait(&sh->mutex);
  sh->buffer[sh->in] = item;
  sh->in = (sh->in + 1) % SIZE;
  sem_post(&sh->mutex);
  sem_post(&sh->filled);
}

static item_t get(void) {
  item_t item;
  while (sem_trywait(&sh->filled) != 0) usleep(100);
  sem_wait(&sh->mutex);
  item = sh->buffer[sh->out];
  sh->out = (sh->out + 1) % SIZE;
  sem_post(&sh->mutex);
  sem_post(&sh->empty);
  return item;
}

static void run_producer(int me, int producers) {
  for (int i = me; i < n_input; i += producers) {
    item_t item = {.last = false};
    strcpy(item.text, input[i]);
    put(item);
    printf("produced %s\n", item.text);
    fflush(stdout);
  }
  exit(0);
}

static void run_consumer(int me) {
  for (;;) {
    item_t item = get();
    if (item.last) break;
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
  sh->in = sh->out = 0;

  pid_t pids[producers];
  for (int i = 0; i < producers; i++) {
    pids[i] = fork();
    if (pids[i] == 0) run_producer(i, producers);
  }
  for (int i = 0; i < consumers; i++) {
    if (fork() == 0) run_consumer(i + 1);
  }

  // all words are in the buffer when the producers are done, then come the end marks
  for (int i = 0; i < producers; i++) waitpid(pids[i], NULL, 0);
  for (int i = 0; i < consumers; i++) {
    item_t end = {.text = "", .last = true};
    put(end);
  }
  while (wait(NULL) > 0)
    ;

  sem_destroy(&sh->filled);
  sem_destroy(&sh->empty);
  sem_destroy(&sh->mutex);
  munmap(sh, sizeof(shared_t));
  return 0;
}
