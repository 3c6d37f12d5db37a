// A box for one item, with mtx_t and cnd_t of C11.
// prints: 1 2 3 4 5
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static cnd_t changed;
static int item, is_full;

static int putter(void* unused) {
  (void)unused;
  for (int i = 1; i <= 5; i++) {
    mtx_lock(&lock);
    while (is_full) cnd_wait(&changed, &lock);
    item = i;
    is_full = 1;
    cnd_signal(&changed);
    mtx_unlock(&lock);
  }
  return 0;
}

int main(void) {
  thrd_t thread;
  mtx_init(&lock, mtx_plain);
  cnd_init(&changed);
  thrd_create(&thread, putter, NULL);
  for (int i = 0; i < 5; i++) {
    mtx_lock(&lock);
    while (!is_full) cnd_wait(&changed, &lock);
    printf("%d%c", item, i < 4 ? ' ' : '\n');
    is_full = 0;
    cnd_signal(&changed);
    mtx_unlock(&lock);
  }
  thrd_join(thread, NULL);
  return 0;
}
