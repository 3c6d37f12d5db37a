// Two clients send all their requests before they read an answer. Each pipe holds one page: when both are in the
// middle of sending, the requests' pipe and the answers' pipe are full and the server between them stops too.
// shows: deadlock
// deadlock: circular-wait
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { kPage = 4096, kRequests = 3 };

static int requests[2];
static int answers[2];

static void put(int descriptor) {
  char page[kPage] = "";
  if (write(descriptor, page, kPage) != kPage) exit(2);
}

static void get(int descriptor) {
  char page[kPage];
  if (read(descriptor, page, kPage) != kPage) exit(2);
}

static void* ask(void* nothing) {
  for (int i = 0; i < kRequests; i++) put(requests[1]);
  for (int i = 0; i < kRequests; i++) get(answers[0]);
  return nothing;
}

// Work of its own, so that in a plain run this task usually comes late.
static void prepare(void) {
  volatile int left = 300000;
  while (left > 0) left = left - 1;
}

static void* ask_later(void* nothing) {
  prepare();
  return ask(nothing);
}

static void* serve(void* nothing) {
  for (int i = 0; i < 2 * kRequests; i++) {
    get(requests[0]);
    put(answers[1]);
  }
  return nothing;
}

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

static void make_pipe(int ends[2]) {
  if (pipe(ends) == -1 || fcntl(ends[0], F_SETPIPE_SZ, kPage) != kPage) exit(2);
}

int main(void) {
  make_pipe(requests);
  make_pipe(answers);
  pthread_t server = start(serve);
  pthread_t first = start(ask);
  pthread_t second = start(ask_later);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  pthread_join(server, NULL);
  printf("answered\n");
  return 0;
}
