/* A checking program with a bug: whatever it is given, it ends by a signal. */
#include <stdlib.h>

int main(void) { abort(); }
