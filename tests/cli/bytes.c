/* Output that a report must not show as it is, and `run` must. */
#include <stdio.h>

int main(void) {
  fwrite("::error::\x1b[31m\xff\0no newline", 1, 25, stdout);
  fputs("to the other stream\n", stderr);
  return 3;
}
