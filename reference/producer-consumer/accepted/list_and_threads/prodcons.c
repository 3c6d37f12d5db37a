/* Unusual, but right: POSIX semaphores in an anonymous mapping, a linked list in place of a ring, producers that are
 * processes and consumers that are threads of the parent. Nothing here has a key or a name, so nothing can be left. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define NODES 8

/* Pointers are fine here: the mapping is inherited by fork, so it lies at the same address in every process. */
struct node {
  struct node* next;
  int is_last_call; /* the consumer that takes this one ends */
  char text[40];
};

struct shared {
  sem_t filled, empty, mutex;
  struct node *head, **tail; /* the words that wait, oldest first */
  struct node* unused;
  struct node pool[NODES];
};

static struct shared* s;

static void down(sem_t* semaphore) {
  while (sem_wait(semaphore) == -1 && errno == EINTR) continue;
}

static void append(const char* text) {
  down(&s->empty);
  down(&s->mutex);
  struct node* n = s->unused;
  s->unused = n->next;
  n->next = NULL;
  n->is_last_call = text == NULL;
  snprintf(n->text, sizeof n->text, "%s", text ? text : "");
  *s->tail = n;
  s->tail = &n->next;
  sem_post(&s->mutex);
  sem_post(&s->filled);
}

/* Returns 0 for a last call. */
static int pop(char* text) {
  down(&s->filled);
  down(&s->mutex);
  struct node* n = s->head;
  s->head = n->next;
  if (s->head == NULL) s->tail = &s->head;
  const int is_word = !n->is_last_call;
  strcpy(text, n->text);
  n->next = s->unused;
  s->unused = n;
  sem_post(&s->mutex);
  sem_post(&s->empty);
  return is_word;
}

static void* consume(void* number) {
  char text[sizeof s->pool[0].text];
  while (pop(text)) {
    printf("consumer %d got %s\n", *(int*)number, text);
    fflush(stdout);
  }
  return NULL;
}

/* Lines first, first + step, ... of the input, which the parent has read before it forked. */
static void produce(char* lines, int first, int step) {
  char* rest = NULL;
  int index = 0;
  for (char* line = strtok_r(lines, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    if (index++ % step != first) continue;
    append(line);
    printf("produced %s\n", line);
    fflush(stdout);
  }
}

static char* read_everything(void) {
  size_t used = 0, size = 4096;
  char* text = malloc(size);
  ssize_t got;
  while (text && ((got = read(STDIN_FILENO, text + used, size - used - 1)) > 0 || (got == -1 && errno == EINTR))) {
    if (got > 0) used += got;
    if (size - used < 2) text = realloc(text, size *= 2);
  }
  if (text) text[used] = '\0';
  return text;
}

static struct shared* make_shared(void) {
  struct shared* made = mmap(NULL, sizeof *made, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (made == MAP_FAILED) return NULL;
  sem_init(&made->filled, 1, 0);
  sem_init(&made->empty, 1, NODES);
  sem_init(&made->mutex, 1, 1);
  made->tail = &made->head;
  for (int i = 0; i < NODES; i++) {
    made->pool[i].next = made->unused;
    made->unused = &made->pool[i];
  }
  return made;
}

int main(int argc, char** argv) {
  if (argc != 3) {
    fputs("usage: prodcons P C\n", stderr);
    return 1;
  }
  const int producers = atoi(argv[1]), consumers = atoi(argv[2]);
  char* lines = read_everything();
  s = make_shared();
  if (!lines || !s) {
    perror("prodcons");
    return 1;
  }

  pid_t pid[producers + 1];
  for (int i = 0; i < producers; i++) {
    pid[i] = fork();
    if (pid[i] == -1) {
      perror("fork");
      while (--i >= 0) kill(pid[i], SIGKILL);
      return 1;
    }
    if (pid[i] == 0) {
      produce(lines, i, producers);
      _exit(0);
    }
  }

  pthread_t thread[consumers + 1];
  int number[consumers + 1];
  for (int i = 0; i < consumers; i++) {
    number[i] = i + 1;
    if (pthread_create(&thread[i], NULL, consume, &number[i]) != 0) return 1;
  }
  while (wait(NULL) > 0 || errno == EINTR) continue;
  for (int i = 0; i < consumers; i++) append(NULL);
  for (int i = 0; i < consumers; i++) pthread_join(thread[i], NULL);
  munmap(s, sizeof *s);
  free(lines);
  return 0;
}
