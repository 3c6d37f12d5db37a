// Seven processes: a parent, two children, two grandchildren each; each writes to its own place of a shared segment as
// often as its number says.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int* places;

static void grow(int number) {
  for (int i = 0; i < 2 && number <= 3; i++) {
    if (fork() == 0) {
      grow(2 * number + i);
      _exit(0);
    }
  }
  for (int i = 0; i < number; i++) places[number] = i;
  while (wait(NULL) > 0) continue;
}

int main(void) {
  places = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  grow(1);
  return 0;
}
