// A thread reads to the end of a file, where fgets returns a null pointer, and prints one, which glibc spells out.
// prints one of: 3 lines, (null)
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static char line[100];
static int lines;

static void nothing(int number) { (void)number; }

static void* read_all(void* file) {
  while (fgets(line, sizeof line, file) != NULL) lines++;
  return NULL;
}

int main(void) {
  signal(SIGUSR1, nothing);
  FILE* file = tmpfile();
  fputs("a\nb\nc\n", file);
  rewind(file);
  pthread_t thread;
  pthread_create(&thread, NULL, read_all, file);
  pthread_join(thread, NULL);
  printf("%d lines, %s\n", lines, strchr(line, 'x'));
  fclose(file);
  return 0;
}
