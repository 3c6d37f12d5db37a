// Bounded buffer with the three semaphores of the lecture: one System V set, one System V segment, one process for
// each producer and consumer. The parent reads all words first; producer i inserts the words i, i + P, i + 2P, ...
// An empty word in the buffer tells one consumer to end.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS = 8, WORD_SIZE = 32 };
enum { FILLED, EMPTY, MUTEX, SEMAPHORES };

union semun {
  int val;
  struct semid_ds* buf;
  unsigned short* array;
};

struct buffer {
  int in, out;
  char slot[SLOTS][WORD_SIZE];
};

static int segment = -1, semaphores = -1;
static struct buffer* buffer;
static char (*words)[WORD_SIZE];
static int word_count;

static void change(int semaphore, int by) {
  struct sembuf operation = {semaphore, by, 0};
  while (semop(semaphores, &operation, 1) == -1) {
    if (errno == EINTR) continue;
    perror("semop");
    _exit(1);
  }
}

static void P(int semaphore) { change(semaphore, -1); }
static void V(int semaphore) { change(semaphore, 1); }

static void insert(const char* word) {
  P(EMPTY);
  P(MUTEX);
  strcpy(buffer->slot[buffer->in], word);
  buffer->in = (buffer->in + 1) % SLOTS;
  V(MUTEX);
  V(FILLED);
}

static void take(char* word) {
  P(FILLED);
  P(MUTEX);
  strcpy(word, buffer->slot[buffer->out]);
  buffer->out = (buffer->out + 1) % SLOTS;
  V(MUTEX);
  V(EMPTY);
}

static void produce(int number, int producers) {
  for (int i = number; i < word_count; i += producers) {
    insert(words[i]);
    printf("produced %s\n", words[i]);
  }
}

static void consume(int number) {
  char word[WORD_SIZE];
  for (take(word); word[0] != '\0'; take(word)) printf("consumer %d got %s\n", number, word);
}

static void erase(void) {
  if (segment != -1) shmctl(segment, IPC_RMID, NULL);
  if (semaphores != -1) semctl(semaphores, 0, IPC_RMID);
}

// For the parent only: children that wait are woken by the erased set and end, too.
static void give_up(const char* what) {
  perror(what);
  erase();
  exit(1);
}

static void create(void) {
  unsigned short start[SEMAPHORES] = {[FILLED] = 0, [EMPTY] = SLOTS, [MUTEX] = 1};
  union semun argument = {.array = start};
  semaphores = semget(IPC_PRIVATE, SEMAPHORES, IPC_CREAT | 0600);
  if (semaphores == -1) give_up("semget");
  if (semctl(semaphores, 0, SETALL, argument) == -1) give_up("semctl");
  segment = shmget(IPC_PRIVATE, sizeof *buffer, IPC_CREAT | 0600);
  if (segment == -1) give_up("shmget");
  buffer = shmat(segment, NULL, 0);
  if (buffer == (void*)-1) give_up("shmat");
  buffer->in = buffer->out = 0;
}

static void read_words(void) {
  char line[WORD_SIZE];
  while (fgets(line, sizeof line, stdin)) {
    words = realloc(words, (word_count + 1) * sizeof *words);
    if (!words) give_up("realloc");
    line[strcspn(line, "\n")] = '\0';
    strcpy(words[word_count++], line);
  }
}

static pid_t start(void) {
  const pid_t pid = fork();
  if (pid == -1) give_up("fork");
  return pid;
}

int main(int argc, char** argv) {
  if (argc != 3 || atoi(argv[1]) < 1 || atoi(argv[2]) < 0) {
    fprintf(stderr, "usage: %s PRODUCERS CONSUMERS\n", argv[0]);
    return 2;
  }
  const int producers = atoi(argv[1]), consumers = atoi(argv[2]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  read_words();
  create();

  pid_t producer[producers];
  for (int i = 0; i < producers; ++i) {
    producer[i] = start();
    if (producer[i] == 0) {
      produce(i, producers);
      return 0;
    }
  }
  for (int i = 0; i < consumers; ++i) {
    if (start() == 0) {
      consume(i + 1);
      return 0;
    }
  }

  for (int i = 0; i < producers; ++i) waitpid(producer[i], NULL, 0);
  for (int i = 0; i < consumers; ++i) insert("");
  for (int i = 0; i < consumers; ++i) wait(NULL);
  shmdt(buffer);
  erase();
  free(words);
  return 0;
}
