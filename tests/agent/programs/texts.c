// Every wrapped mem* and str* function on shared memory; prints what came out.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

int main(void) {
  char* a = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  char* b = a + 1000;
  const char* text = "Hallo Welt.";
  printf("%d\n", memcpy(a, text, 12) == a && strcmp(a, text) == 0);
  memmove(a + 2, a, 12), puts(a);
  memmove(a, a + 2, 12), puts(a);
  memset(b, 'x', 5), puts(b);
  printf("%d\n", (int)((char*)mempcpy(b, "abc", 3) - b)), puts(b);
  bcopy("bcopy", b, 6), puts(b);
  bzero(b, 3), printf("%d%s\n", b[0], b + 3);
  strcpy(b, a), puts(b);
  printf("%d\n", (int)(stpcpy(b, "stp") - b));
  strncpy(b, "strncpy", 3), puts(b);
  strcat(b, "cat"), strncat(b, "ncat", 2), puts(b);
  printf("%zu %d %d\n", strlen(b), strncmp(a, "Halt", 3), memcmp(a, b, 1) < 0);
  printf("%s %s %s\n", strchr(a, 'W'), strrchr(a, 'l'), strstr(a, "lo"));
  char* copy = strdup(a);
  fputs(copy, stdout);
  free(copy);
  int written = sprintf(b, "%d %s %.2f", 12, a, 1.5);
  printf("%d %s\n", written, b);
  written = snprintf(b, 6, "%s", a);
  printf("%d %s %d\n", written, b, atoi("17"));
  return 0;
}
