/* Agrees when the observation holds the text given as argument. */
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
  static char observation[1 << 20];
  fread(observation, 1, sizeof observation - 1, stdin);
  if (count == 2 && strstr(observation, arguments[1])) return 0;
  printf("nobody said %s\n", count == 2 ? arguments[1] : "anything");
  return 1;
}
