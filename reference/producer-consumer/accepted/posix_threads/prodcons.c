/* Bounded buffer as a monitor: threads, one mutex, two condition variables, no end markers.
 * The producers share the list of words and take the next one each; a consumer ends when every word has been removed.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 8

typedef struct {
  char** word;
  size_t count, next;
} word_list;

typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t not_full, not_empty;
  const char* item[SLOTS];
  size_t inserted, removed, total;
} monitor;

static word_list words;
static pthread_mutex_t words_lock = PTHREAD_MUTEX_INITIALIZER;
static monitor buffer = {
    .lock = PTHREAD_MUTEX_INITIALIZER, .not_full = PTHREAD_COND_INITIALIZER, .not_empty = PTHREAD_COND_INITIALIZER};

static const char* next_word(void) {
  pthread_mutex_lock(&words_lock);
  const char* word = words.next < words.count ? words.word[words.next++] : NULL;
  pthread_mutex_unlock(&words_lock);
  return word;
}

static void put(const char* word) {
  pthread_mutex_lock(&buffer.lock);
  while (buffer.inserted - buffer.removed == SLOTS) pthread_cond_wait(&buffer.not_full, &buffer.lock);
  buffer.item[buffer.inserted++ % SLOTS] = word;
  pthread_cond_signal(&buffer.not_empty);
  pthread_mutex_unlock(&buffer.lock);
}

/* NULL when there is nothing left to come. */
static const char* get(void) {
  const char* word = NULL;
  pthread_mutex_lock(&buffer.lock);
  while (buffer.inserted == buffer.removed && buffer.removed < buffer.total)
    pthread_cond_wait(&buffer.not_empty, &buffer.lock);
  if (buffer.removed < buffer.total) {
    word = buffer.item[buffer.removed++ % SLOTS];
    pthread_cond_signal(&buffer.not_full);
    if (buffer.removed == buffer.total) pthread_cond_broadcast(&buffer.not_empty);
  }
  pthread_mutex_unlock(&buffer.lock);
  return word;
}

static void* producer(void* unused) {
  (void)unused;
  for (const char* word = next_word(); word; word = next_word()) {
    put(word);
    printf("produced %s\n", word);
    fflush(stdout);
  }
  return NULL;
}

static void* consumer(void* argument) {
  const int* number = argument;
  for (const char* word = get(); word; word = get()) {
    printf("consumer %d got %s\n", *number, word);
    fflush(stdout);
  }
  return NULL;
}

static void read_all(void) {
  char* line = NULL;
  size_t room = 0;
  while (getline(&line, &room, stdin) > 0) {
    line[strcspn(line, "\n")] = '\0';
    words.word = realloc(words.word, (words.count + 1) * sizeof *words.word);
    if (!words.word || !(words.word[words.count++] = strdup(line))) abort();
  }
  free(line);
  buffer.total = words.count;
}

int main(int argc, char* argv[]) {
  if (argc != 3) return 2;
  const int producers = atoi(argv[1]), consumers = atoi(argv[2]), tasks = producers + consumers;
  read_all();

  pthread_t* task = calloc(tasks + 1, sizeof *task);
  int* number = calloc(consumers + 1, sizeof *number);
  if (!task || !number) return 1;
  for (int i = 0; i < tasks; i++) {
    int failed;
    if (i < producers) {
      failed = pthread_create(&task[i], NULL, producer, NULL);
    } else {
      number[i - producers] = i - producers + 1;
      failed = pthread_create(&task[i], NULL, consumer, &number[i - producers]);
    }
    if (failed) {
      fprintf(stderr, "pthread_create: %s\n", strerror(failed));
      return 1;
    }
  }
  for (int i = 0; i < tasks; i++) pthread_join(task[i], NULL);

  for (size_t i = 0; i < words.count; i++) free(words.word[i]);
  free(words.word);
  free(task);
  free(number);
  return 0;
}
