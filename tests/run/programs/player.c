// Instrumented, for controlled executions: the first argument says what is played.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kKey = 4711 };

struct letter {
  long type;
  char text[8];
};

static int must(int result, const char* what) {
  if (result >= 0) return result;
  perror(what);
  exit(99);
}

static int* shared(int key) {
  void* address = shmat(must(shmget(key, sizeof(int), IPC_CREAT | 0600), "shmget"), NULL, 0);
  if (address == (void*)-1) must(-1, "shmat");
  return address;
}

static void change(int set, int member, int by) {
  struct sembuf operation = {.sem_num = (unsigned short)member, .sem_op = (short)by};
  while (semop(set, &operation, 1) < 0) {
    if (errno != EINTR) must(-1, "semop");
  }
}

static int two_free_locks(void) {
  const int set = must(semget(IPC_PRIVATE, 2, 0600), "semget");
  change(set, 0, 1);
  change(set, 1, 1);
  return set;
}

// Two children add one each; the read may come before the lock.
static void add(int locked) {
  int* counter = shared(IPC_PRIVATE);
  const int set = two_free_locks();
  for (int child = 0; child < 2; ++child) {
    if (must(fork(), "fork") != 0) continue;
    int seen = 0;
    if (!locked) seen = *counter;
    change(set, 0, -1);
    if (locked) seen = *counter;
    *counter = seen + 1;
    change(set, 0, 1);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
  printf("counter %d\n", *counter);
}

// Each child takes what the other has.
static void block(void) {
  const int set = two_free_locks(), both = two_free_locks();
  change(both, 0, 1);  // two may pass, and do so only when both hold one lock
  change(both, 0, -1);
  for (int child = 0; child < 2; ++child) {
    if (must(fork(), "fork") != 0) continue;
    change(set, child, -1);
    change(both, child, -1);
    struct sembuf gone = {.sem_num = (unsigned short)(1 - child), .sem_op = 0};
    must(semop(both, &gone, 1), "semop");
    change(set, 1 - child, -1);
    _exit(0);
  }
  while (wait(NULL) > 0) continue;
}

static void count(const char* name) {
  int* counter = shared(kKey);
  for (int i = 0; i < 3; ++i) {
    const int seen = *counter;
    *counter = seen + 1;
    printf("%s %d %d\n", name, (int)getpid(), seen);
  }
  if (must(fork(), "fork") == 0) {
    *counter = *counter + 10;
    _exit(0);
  }
  wait(NULL);
}

static volatile sig_atomic_t stopped;
static void on_term(int number) { stopped = number; }

static void serve(void) {
  struct sigaction action = {.sa_handler = on_term};
  must(sigaction(SIGTERM, &action, NULL), "sigaction");
  const int queue = must(msgget(kKey, IPC_CREAT | 0600), "msgget");
  struct letter letter;
  while (!stopped) {
    if (msgrcv(queue, &letter, sizeof letter.text, 1, 0) < 0) continue;
    printf("got %s\n", letter.text);
  }
  msgctl(queue, IPC_RMID, NULL);
  puts("bye");
}

static void ask(void) {
  const struct letter letter = {.type = 1, .text = "hello"};
  must(msgsnd(must(msgget(kKey, 0), "msgget"), &letter, sizeof letter.text, 0), "msgsnd");
}

static void echo(void) {
  char bytes[1000];
  for (ssize_t got; (got = read(0, bytes, sizeof bytes)) > 0;) printf("[%.*s]\n", (int)got, bytes);
}

// As serve, but it never waits: it looks again and again.
static void serve_by_polling(void) {
  struct sigaction action = {.sa_handler = on_term};
  must(sigaction(SIGTERM, &action, NULL), "sigaction");
  const int queue = must(msgget(kKey, IPC_CREAT | 0600), "msgget");
  struct letter letter;
  while (!stopped) {
    if (msgrcv(queue, &letter, sizeof letter.text, 1, IPC_NOWAIT) < 0)
      usleep(100);
    else
      printf("got %s\n", letter.text);
  }
  msgctl(queue, IPC_RMID, NULL);
  puts("bye");
}

static void echo_by_polling(void) {
  char bytes[1000];
  ssize_t got = 1;
  while (got > 0) {
    struct pollfd input = {.fd = 0, .events = POLLIN};
    if (poll(&input, 1, 0) == 0) continue;
    if ((got = read(0, bytes, sizeof bytes)) > 0) printf("[%.*s]\n", (int)got, bytes);
  }
}

// No step in it.
static void compute(void) {
  for (unsigned long number = 1;; number = 3 * number + 1) __asm__ volatile("" : : "r"(number));
}

static void turn_for_ever(void) {
  for (volatile int* counter = shared(IPC_PRIVATE);;) *counter = *counter + 1;
}

static void scribble(int byte) {
  const int file = must(open(getenv("JITTERLAB_CONTROL"), O_RDWR), "open");
  struct stat info;
  must(fstat(file, &info), "fstat");
  unsigned char* area = mmap(NULL, info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  // The magic number stays, or nobody would look at the rest.
  for (long i = 8; i < info.st_size; ++i) area[i] = byte;
  _exit(0);
}

static void shorten(void) {
  must(truncate(getenv("JITTERLAB_CONTROL"), 100), "truncate");
  _exit(0);
}

// In four ways to each, the last of which flushes: to the output first, then to the error stream.
static void say(void) {
  for (int stream = 1; stream < 3; ++stream) {
    FILE* const file = stream == 1 ? stdout : stderr;
    must(write(stream, "name ", 5), "write");
    must((int)syscall(SYS_write, stream, "number ", 7), "write");
    dprintf(stream, "print ");
    fputs("file\n", file);
  }
}

int main(int number, char** arguments) {
  const char* play = number > 1 ? arguments[1] : "";
  const char* more = number > 2 ? arguments[2] : "";
  if (!strcmp(play, "add")) add(!strcmp(more, "locked"));
  if (!strcmp(play, "block")) block();
  if (!strcmp(play, "count")) count(more);
  if (!strcmp(play, "serve")) serve();
  if (!strcmp(play, "ask")) ask();
  if (!strcmp(play, "echo")) echo();
  if (!strcmp(play, "polling-serve")) serve_by_polling();
  if (!strcmp(play, "polling-echo")) echo_by_polling();
  if (!strcmp(play, "compute")) compute();
  if (!strcmp(play, "turn")) turn_for_ever();
  if (!strcmp(play, "scribble")) scribble(atoi(more));
  if (!strcmp(play, "shorten")) shorten();
  if (!strcmp(play, "pause")) pause();
  if (!strcmp(play, "say")) say();
  return 0;
}
