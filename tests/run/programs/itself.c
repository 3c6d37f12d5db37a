// Instrumented: prints what a process can see of itself, or attacks the processes that wait to be copied.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static int uninitialised_data[4];

static void look_at_signals(void) {
  sigset_t mask;
  sigprocmask(SIG_SETMASK, NULL, &mask);
  for (int number = 1; number < 65; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0) continue;
    if (action.sa_handler != SIG_DFL || sigismember(&mask, number)) printf("signal %d is changed\n", number);
  }
}

static void look_at_limits(void) {
  for (int resource = 0; resource < RLIMIT_NLIMITS; resource++) {
    struct rlimit limit;
    if (resource == RLIMIT_NPROC) continue;  // those that wait count, and are allowed for
    getrlimit(resource, &limit);
    printf("limit %d: %lu %lu\n", resource, (unsigned long)limit.rlim_cur, (unsigned long)limit.rlim_max);
  }
}

static void look_at_descriptors(void) {
  for (int number = 0; number < 300; number++) {
    struct stat info;
    if (fstat(number, &info) != 0) continue;
    printf("descriptor %d: %o, flags %o %o\n", number, info.st_mode, fcntl(number, F_GETFL), fcntl(number, F_GETFD));
  }
}

static void look_at_addresses(int number, char **arguments) {
  void *head = NULL;
  size_t size = 0;
  syscall(SYS_get_robust_list, 0, &head, &size);
  int on_stack;
  printf("main %p data %p stack %p heap %p list %p\n", (void *)look_at_addresses, (void *)uninitialised_data,
         (void *)&on_stack, malloc(10), head);
  for (int i = 0; i < number; i++) printf("argument %p %s\n", (void *)arguments[i], arguments[i]);
  for (char **variable = environ; *variable; variable++) printf("variable %p %s\n", (void *)*variable, *variable);
}

static void look_at_mappings(void) {
  FILE *maps = fopen("/proc/self/maps", "r");
  for (char line[512]; fgets(line, sizeof line, maps);) {
    // The file of the agent's control area need not be the same one.
    printf("%.*s\n", strstr(line, "/run/control") ? 40 : 500, line);
  }
  fclose(maps);
}

static void look(int number, char **arguments) {
  char folder[300];
  int answer = -1;
  cpu_set_t cores;
  sched_getaffinity(0, sizeof cores, &cores);
  printf("ids %d %d %d %d, tid %ld\n", getpid(), getppid(), getsid(0), getpgrp(), syscall(SYS_gettid));
  printf("users %d %d %d %d\n", getuid(), geteuid(), getgid(), getegid());
  printf("folder %s, mask %o, dumpable %d, nice %d, cores %d\n", getcwd(folder, sizeof folder), umask(0),
         prctl(PR_GET_DUMPABLE), getpriority(PRIO_PROCESS, 0), CPU_COUNT(&cores));
  look_at_signals();
  look_at_limits();
  look_at_descriptors();
  look_at_addresses(number, arguments);
  look_at_mappings();
  const int child = fork();
  if (child == 0) _exit(7);
  waitpid(child, &answer, 0);
  printf("child %d: %x, time %ld\n", child, answer, (long)clock() / CLOCKS_PER_SEC);
}

// Leaves something at what later executions may find their output to be.
static void spoil(const char *how) {
  for (int stream = 1; stream < 3; stream++) {
    if (!strcmp(how, "flags")) fcntl(stream, F_SETFL, O_NONBLOCK | O_APPEND);
    if (!strcmp(how, "shut")) shutdown(stream, SHUT_RDWR);
    if (!strcmp(how, "shut-one") && stream == 2) shutdown(stream, SHUT_WR);
  }
}

// Runs before the agent does: takes its place in the process that waits to be copied, which has no streams.
static void usurp(int number, char **arguments, char **environment) {
  (void)environment;
  if (number < 2 || strcmp(arguments[1], "usurp") != 0 || fcntl(0, F_GETFD) >= 0) return;
  char request[1000];
  for (int32_t answer = 0; write(3, &answer, sizeof answer) > 0; answer = atoi(arguments[2])) {
    if (recv(3, request, sizeof request, 0) <= 0) break;
  }
  _exit(0);
}
__attribute__((section(".preinit_array"), used)) static void (*first)(int, char **, char **) = usurp;

int main(int number, char **arguments) {
  const char *play = number > 1 ? arguments[1] : "look";
  if (!strcmp(play, "look")) look(number, arguments);
  if (!strcmp(play, "kill")) kill(-1, atoi(arguments[2]));
  if (!strcmp(play, "spoil")) spoil(arguments[2]);
  if (!strcmp(play, "usurp")) puts("honest");
  return 0;
}
