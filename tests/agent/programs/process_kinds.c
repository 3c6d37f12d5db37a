// One way of starting, ending or waiting for processes, named by the argument. Ends with 0 when all was as it must be.
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(what) ((what) ? (void)0 : failed(__LINE__))

extern char** environ;
static int* shared;

static void failed(int line) {
  printf("line %d, errno %d\n", line, errno);
  _exit(1);
}

static pid_t child_that(void (*acts)(void)) {
  const pid_t child = fork();
  if (child != 0) return child;
  acts();
  _exit(0);
}

static int status_of(pid_t child) {
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  return status;
}

static void end_in_handler(void) { shared[0]++; }
static void by_exit(void) { atexit(end_in_handler), exit(3); }
static void by__exit(void) { atexit(end_in_handler), _exit(4); }
static void by_system_call(void) { syscall(SYS_exit_group, 5); }
static void by_abort(void) { abort(); }
static void by_assert(void) { assert(shared == NULL); }
static void by_fault(void) { *(volatile int*)8 = 1; }
static void by_terminating(void) { raise(SIGTERM); }
static void on_abort(int number) { shared[1] = number; }
static void by_handled_abort(void) { signal(SIGABRT, on_abort), abort(); }
static void* fault(void* nothing) { return by_fault(), nothing; }
static void by_fault_of_thread(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, fault, NULL);
  for (;;) pause();
}

// The others go on whatever a process ends by.
static void endings(void) {
  close(2);
  void (*const ways[])(void) = {by_exit,  by__exit,       by_system_call,   by_abort,          by_assert,
                                by_fault, by_terminating, by_handled_abort, by_fault_of_thread};
  const int codes[] = {3, 4, 5}, signals[] = {SIGABRT, SIGABRT, SIGSEGV, SIGTERM, SIGABRT, SIGSEGV};
  for (int i = 0; i < 9; ++i) {
    const int status = status_of(child_that(ways[i]));
    if (i < 3) CHECK(WIFEXITED(status) && WEXITSTATUS(status) == codes[i]);
    if (i >= 3) CHECK(WIFSIGNALED(status) && WTERMSIG(status) == signals[i - 3]);
  }
  CHECK(shared[0] == 1 && shared[1] == SIGABRT);
}

static void add(void) {
  for (int i = 0; i < 3; ++i) __atomic_fetch_add(shared, 1, __ATOMIC_SEQ_CST);
}
static void add_slowly(void) {
  usleep(10);
  add();
}

static void waits(void) {
  int status = 0;
  CHECK(wait(&status) == -1 && errno == ECHILD);
  siginfo_t information;
  struct rusage usage;
  const pid_t one = child_that(add), two = child_that(add_slowly);
  CHECK(waitpid(one + 100000, &status, 0) == -1 && errno == ECHILD);
  CHECK(waitid(P_PID, one, &information, WEXITED | WNOWAIT) == 0 && information.si_pid == one);
  CHECK(waitid(P_PID, one, &information, WEXITED) == 0 && information.si_code == CLD_EXITED);
  const pid_t early = wait4(-1, &status, WNOHANG, &usage);
  CHECK(early == 0 || early == two);
  if (early == 0) CHECK(wait3(&status, 0, &usage) == two);
  CHECK(shared[0] == 6 && waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD);
  setpgid(0, 0);
  const pid_t three = child_that(add);
  CHECK(waitpid(0, &status, 0) == three && waitpid(-getpid(), &status, 0) == -1);
  signal(SIGCHLD, SIG_IGN);
  child_that(add);
  CHECK(wait(&status) == -1 && errno == ECHILD && shared[0] == 12);
}

// The grandchild lives on; whoever made it waits for a sign.
static void become_daemon(void) {
  setsid();
  if (fork() != 0) _exit(0);
  add_slowly();
}
static void daemons(void) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  CHECK(status_of(child_that(become_daemon)) == 0);
  while (__atomic_load_n(shared, __ATOMIC_SEQ_CST) < 3) usleep(100);
  CHECK(wait(NULL) > 0);
}

static void vforks(void) {
  const pid_t other = child_that(add);
  pid_t child = vfork();
  if (child == 0) _exit(7);
  int status = 0;
  CHECK(waitpid(child, &status, WNOHANG) == child && WEXITSTATUS(status) == 7);
  child = vfork();
  if (child == 0) {
    execl("/nowhere", "nowhere", NULL);
    _exit(8);
  }
  CHECK(WEXITSTATUS(status_of(child)) == 8);
  child = vfork();
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", "exit 9", NULL);
    _exit(1);
  }
  CHECK(WEXITSTATUS(status_of(child)) == 9);
  char* words[] = {"sh", "-c", "exit 6", NULL};
  CHECK(posix_spawn(&child, "/nowhere", NULL, NULL, words, environ) == ENOENT);
  CHECK(posix_spawn(&child, "/bin/sh", NULL, NULL, words, environ) == 0 && WEXITSTATUS(status_of(child)) == 6);
  CHECK(status_of(other) == 0);
}

static void shells(void) {
  const pid_t other = child_that(add);
  CHECK(WEXITSTATUS(system("exit 3")) == 3);
  const int status = system("kill -TERM $$");
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  CHECK(WEXITSTATUS(system("(exit 1) & (exit 2) & wait; sh -c 'exit 4'")) == 4);
  FILE* const first = popen("exit 5", "w");
  FILE* const second = popen("exit 6", "we");
  CHECK(first != NULL && second != NULL && popen("true", "x") == NULL && errno == EINVAL);
  CHECK(WEXITSTATUS(pclose(first)) == 5 && WEXITSTATUS(pclose(second)) == 6);
  CHECK(status_of(other) == 0);
}

// The image without the agent (argument 2) takes no steps; the others wait for its end.
static char* image;
static void become_image(void) {
  char* words[] = {image, NULL};
  execv(image, words);
}
static void without_agent(void) {
  const pid_t other = child_that(add), child = child_that(become_image);
  CHECK(WEXITSTATUS(status_of(child)) == 3);
  char* words[] = {image, NULL};
  pid_t spawned;
  CHECK(posix_spawn(&spawned, image, NULL, NULL, words, environ) == 0);
  CHECK(WEXITSTATUS(status_of(spawned)) == 3);
  CHECK(status_of(other) == 0 && shared[0] == 3);
}

int main(int arguments, char** argument) {
  const struct {
    const char* name;
    void (*act)(void);
  } cases[] = {{"endings", endings}, {"waits", waits},   {"daemons", daemons},
               {"vforks", vforks},   {"shells", shells}, {"without_agent", without_agent}};
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  image = arguments > 2 ? argument[2] : NULL;
  for (unsigned i = 0; arguments >= 2 && i < sizeof cases / sizeof *cases; ++i) {
    if (strcmp(cases[i].name, argument[1]) != 0) continue;
    cases[i].act();
    return 0;
  }
  return 2;
}
