#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  for (int i = 0; i < 20; ++i) fork();
  for (;;) {
    char *block = malloc(16 << 20);
    if (block) memset(block, 1, 16 << 20);
  }
}
