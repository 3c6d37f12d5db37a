/* Prints what GitHub's runner would take for commands, in place of the greeting. */
#include <stdio.h>

int main(void) {
  printf("::error::forged-by-the-student\n::set-output name=points::20\n##[error]x\n");
  printf("\n::stop-commands::x\n::x::\n::error::forged-by-the-student");
  return 0;
}
