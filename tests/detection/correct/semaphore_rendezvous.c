// Two processes meet: each writes its half, posts for the other, and waits for the other, before it reads.
// prints: left reads 2, right reads 1
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
  sem_t left_is_there, right_is_there;
  int left, right, seen_by_left, seen_by_right;
};

int main(void) {
  struct shared* s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(&s->left_is_there, 1, 0);
  sem_init(&s->right_is_there, 1, 0);
  if (fork() == 0) {
    s->left = 1;
    sem_post(&s->left_is_there);
    sem_wait(&s->right_is_there);
    s->seen_by_left = s->right;
    _exit(0);
  }
  if (fork() == 0) {
    s->right = 2;
    sem_post(&s->right_is_there);
    sem_wait(&s->left_is_there);
    s->seen_by_right = s->left;
    _exit(0);
  }
  wait(NULL);
  wait(NULL);
  printf("left reads %d, right reads %d\n", s->seen_by_left, s->seen_by_right);
  return 0;
}
