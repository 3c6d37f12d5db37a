// Unusual, but right: a monitor. Two flags say what is taken; one mutex guards them and one condition variable is
// where everybody waits until both are free. So both are taken in one step, and nobody holds one of them while waiting.
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t something_came_back = PTHREAD_COND_INITIALIZER;
static bool scanner_taken, printer_taken;
static int copies;

static void* work(void* name) {
  const char who = *(const char*)name;
  for (int i = 0; i < copies; i++) {
    pthread_mutex_lock(&guard);
    while (scanner_taken || printer_taken) pthread_cond_wait(&something_came_back, &guard);
    scanner_taken = printer_taken = true;
    pthread_mutex_unlock(&guard);

    printf("%c has the scanner\n%c has the printer\n%c makes a copy\n", who, who, who);
    printf("%c gives back the scanner\n", who);
    fflush(stdout);

    pthread_mutex_lock(&guard);
    scanner_taken = false;
    pthread_cond_broadcast(&something_came_back);
    pthread_mutex_unlock(&guard);

    printf("%c gives back the printer\n", who);
    fflush(stdout);
    pthread_mutex_lock(&guard);
    printer_taken = false;
    pthread_cond_broadcast(&something_came_back);
    pthread_mutex_unlock(&guard);
  }
  return NULL;
}

int main(int argc, char** argv) {
  copies = argc > 1 ? atoi(argv[1]) : 1;
  pthread_t b;
  if (pthread_create(&b, NULL, work, "B") != 0) return 1;
  work("A");
  pthread_join(b, NULL);
  return 0;
}
