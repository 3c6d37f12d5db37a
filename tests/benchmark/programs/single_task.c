// One task and no shared memory, in two ways: "loop" loads and stores, "sort" sorts and searches a table of texts.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kCells = 4096, kRounds = 6000, kTexts = 20000, kSorts = 8, kText = 16 };

static unsigned cells[kCells];

static unsigned loop(void) {
  for (int round = 0; round < kRounds; round++) {
    for (int i = 1; i < kCells; i++) cells[i] = cells[i - 1] + cells[i] + (unsigned)i;
  }
  return cells[kCells - 1];
}

struct entry {
  char text[kText];
  struct entry *next;
};

static struct entry *merge(struct entry *a, struct entry *b) {
  struct entry *first = NULL, **last = &first;
  while (a && b) {
    struct entry **smaller = strcmp(a->text, b->text) <= 0 ? &a : &b;
    *last = *smaller;
    last = &(*smaller)->next;
    *smaller = (*smaller)->next;
  }
  *last = a ? a : b;
  return first;
}

static struct entry *sorted(struct entry *list, int length) {
  if (length < 2) {
    if (list) list->next = NULL;
    return list;
  }
  struct entry *middle = list;
  for (int i = 0; i < length / 2; i++) middle = middle->next;
  struct entry *right = sorted(middle, length - length / 2);
  return merge(sorted(list, length / 2), right);
}

static unsigned sort(void) {
  unsigned seed = 1, sum = 0;
  for (int turn = 0; turn < kSorts; turn++) {
    struct entry *list = NULL;
    for (int i = 0; i < kTexts; i++) {
      struct entry *one = malloc(sizeof *one);
      seed = seed * 1103515245 + 12345;
      for (int k = 0; k < kText - 1; k++) one->text[k] = (char)('a' + (seed >> (k + 8)) % 26);
      one->text[kText - 1] = '\0';
      one->next = list;
      list = one;
    }
    list = sorted(list, kTexts);
    for (int i = 0; list; i++) {
      struct entry *next = list->next;
      sum += (unsigned)list->text[i % (kText - 1)];
      free(list);
      list = next;
    }
  }
  return sum;
}

int main(int count, char **values) {
  if (count != 2) return 2;
  printf("%u\n", strcmp(values[1], "loop") == 0 ? loop() : sort());
  return 0;
}
