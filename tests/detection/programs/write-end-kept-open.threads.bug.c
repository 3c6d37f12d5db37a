// Two threads each make a pipe and a child that reads it to the end. A child made between the other's pipe and fork
// keeps that pipe's writing end open; when both children do, neither sees the end.
// shows: deadlock
// deadlock: circular-wait
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static atomic_int right;

static void read_to_the_end(int descriptor) {
  int count = 0;
  for (char byte; read(descriptor, &byte, 1) == 1;) count++;
  _exit(count == 1 ? 0 : 1);
}

static void* feed(void* nothing) {
  int ends[2];
  if (pipe(ends) == -1) exit(2);
  pid_t child = fork();
  if (child == -1) exit(2);
  if (child == 0) {
    close(ends[1]);
    read_to_the_end(ends[0]);
  }
  int status = 1;
  if (write(ends[1], "x", 1) != 1) exit(2);
  close(ends[0]);
  close(ends[1]);
  waitpid(child, &status, 0);
  if (status == 0) atomic_fetch_add(&right, 1);
  return nothing;
}

static pthread_t start(void* (*work)(void*)) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, NULL) != 0) exit(2);
  return thread;
}

int main(void) {
  pthread_t first = start(feed);
  pthread_t second = start(feed);
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  printf("right %d\n", right);
  return right == 2 ? 0 : 1;
}
