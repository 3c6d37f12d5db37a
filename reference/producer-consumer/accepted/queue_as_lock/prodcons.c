// Unusual, but right: no semaphore at all. A System V message queue holds the tokens: receiving one is P, sending one
// is V, and the message type says which "semaphore" is meant. The segment is erased as soon as it is attached (it lives
// until the last process detaches it), and debug lines go through a 64 KiB buffer that only event lines flush.
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOM 8
#define LONGEST 31

enum token { LOCK = 1, FREE_PLACE, WAITING_WORD };

struct message {
  long mtype;
  char mtext[1];
};

// Newest last: a word that leaves lets all others move up by one place.
struct shop {
  int stored;
  int closed;
  char shelf[ROOM][LONGEST + 1];
};

static int queue;
static struct shop* shop;
static char big_buffer[65536];

static void give(enum token kind) {
  struct message m = {kind, {'t'}};
  while (msgsnd(queue, &m, sizeof m.mtext, 0) == -1)
    if (errno != EINTR) _exit(EXIT_FAILURE);
}

static void get(enum token kind) {
  struct message m;
  while (msgrcv(queue, &m, sizeof m.mtext, kind, 0) == -1)
    if (errno != EINTR) _exit(EXIT_FAILURE);
}

static void debug(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  printf("  [%ld] ", (long)getpid());
  vprintf(format, arguments);
  va_end(arguments);
}

static void producer(char** list, int from, int by, int count) {
  for (int i = from; i < count; i += by) {
    debug("line %d wants a place\n", i + 1);
    get(FREE_PLACE);
    get(LOCK);
    strcpy(shop->shelf[shop->stored++], list[i]);
    debug("%d on the shelf\n", shop->stored);
    give(LOCK);
    give(WAITING_WORD);
    printf("produced %s\n", list[i]);
    fflush(stdout);
  }
}

static void consumer(int number) {
  for (;;) {
    char word[LONGEST + 1];
    debug("%d wants a word\n", number);
    get(WAITING_WORD);
    get(LOCK);
    if (shop->stored == 0 && shop->closed) {
      give(LOCK);
      break;
    }
    strcpy(word, shop->shelf[0]);
    memmove(shop->shelf[0], shop->shelf[1], sizeof shop->shelf[0] * --shop->stored);
    give(LOCK);
    give(FREE_PLACE);
    printf("consumer %d got %s\n", number, word);
    fflush(stdout);
  }
  debug("%d goes home\n", number);
}

static void must(int result, const char* what) {
  if (result != -1) return;
  perror(what);
  msgctl(queue, IPC_RMID, NULL);
  exit(EXIT_FAILURE);
}

static pid_t child(void) {
  fflush(stdout);  // else the child would print the parent's debug lines again
  const pid_t pid = fork();
  must(pid, "fork");
  return pid;
}

static int read_lines(char*** list) {
  int count = 0;
  char* line = NULL;
  size_t size = 0;
  *list = NULL;
  while (getline(&line, &size, stdin) > 0) {
    line[strcspn(line, "\n")] = '\0';
    *list = realloc(*list, sizeof **list * (count + 1));
    (*list)[count++] = strndup(line, LONGEST);
  }
  free(line);
  return count;
}

int main(int argc, char** argv) {
  if (argc < 3) return EXIT_FAILURE;
  setvbuf(stdout, big_buffer, _IOFBF, sizeof big_buffer);
  const int makers = atoi(argv[1]), takers = atoi(argv[2]);
  char** list;
  const int count = read_lines(&list);

  queue = msgget(IPC_PRIVATE, 0600);
  must(queue, "msgget");
  const int memory = shmget(IPC_PRIVATE, sizeof *shop, 0600);
  must(memory, "shmget");
  shop = shmat(memory, NULL, 0);
  const int attached = shop == (void*)-1 ? -1 : 0;
  must(shmctl(memory, IPC_RMID, NULL), "shmctl");
  must(attached, "shmat");
  debug("segment %d is attached and erased, queue %d holds the tokens\n", memory, queue);
  for (int i = 0; i < ROOM; i++) give(FREE_PLACE);
  give(LOCK);

  pid_t maker[makers > 0 ? makers : 1];
  for (int i = 0; i < makers; i++) {
    if ((maker[i] = child()) == 0) {
      producer(list, i, makers, count);
      exit(EXIT_SUCCESS);
    }
  }
  for (int i = 1; i <= takers; i++) {
    if (child() == 0) {
      consumer(i);
      exit(EXIT_SUCCESS);
    }
  }

  for (int i = 0; i < makers; i++) waitpid(maker[i], NULL, 0);
  get(LOCK);
  shop->closed = 1;
  give(LOCK);
  for (int i = 0; i < takers; i++) give(WAITING_WORD);  // one more than there are words, for each consumer
  while (wait(NULL) > 0) continue;
  msgctl(queue, IPC_RMID, NULL);
  return EXIT_SUCCESS;
}
