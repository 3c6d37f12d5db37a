// never N: A and B each make N copies, and never get stuck.
//
// This compiles and ends, but so far nothing keeps the two from using the same device at once. Begin with what you
// have written for `maybe`, and then break one of the four conditions.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void copy(char who) {
  printf("%c has the scanner\n", who);
  fflush(stdout);
  printf("%c has the printer\n", who);
  fflush(stdout);
  printf("%c makes a copy\n", who);
  fflush(stdout);
  printf("%c gives back the printer\n", who);
  fflush(stdout);
  printf("%c gives back the scanner\n", who);
  fflush(stdout);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s N\n", argv[0]);
    return 1;
  }
  for (int i = 0; i < 2; i++) {
    if (fork() == 0) {
      for (int n = atoi(argv[1]); n > 0; n--) copy("AB"[i]);
      return 0;
    }
  }
  wait(NULL);
  wait(NULL);
  return 0;
}
