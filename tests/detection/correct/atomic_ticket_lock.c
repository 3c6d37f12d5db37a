// A lock of tickets: fetch_add draws one, an acquiring load waits for it, a release store calls the next.
// prints: 9
// finds: busy-waiting
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  atomic_uint next, serving;
  int count;
};

int main(void) {
  struct shared* s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 3; i++) {
    if (fork() != 0) continue;
    for (int k = 0; k < 3; k++) {
      unsigned mine = atomic_fetch_add_explicit(&s->next, 1, memory_order_relaxed);
      while (atomic_load_explicit(&s->serving, memory_order_acquire) != mine) sched_yield();
      s->count++;
      atomic_store_explicit(&s->serving, mine + 1, memory_order_release);
    }
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("%d\n", s->count);
  return 0;
}
