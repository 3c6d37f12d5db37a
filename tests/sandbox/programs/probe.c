// Tries one thing that the argument names, and prints "done" or why not.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void* nothing(void* argument) { return argument; }

// Three processes that hold 50 MB each for ever.
static void hold_memory(void) {
  for (int i = 0; i < 3; ++i) {
    if (fork() != 0) continue;
    volatile char* memory = malloc(50000000);
    for (size_t at = 0; memory && at < 50000000; at += 4096) memory[at] = 1;
    pause();
  }
  pause();
}

static long attempt(const char* what) {
  if (!strcmp(what, "ptrace")) return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
  if (!strcmp(what, "read-memory")) return process_vm_readv(getpid(), NULL, 0, NULL, 0, 0);
  if (!strcmp(what, "unshare")) return unshare(CLONE_NEWNET);
  if (!strcmp(what, "clone-user")) return syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, 0);
  if (!strcmp(what, "mount")) return mount("none", "/tmp", "tmpfs", 0, "");
  if (!strcmp(what, "clone3")) return syscall(SYS_clone3, NULL, 0);
  if (!strcmp(what, "io-uring")) return syscall(SYS_io_uring_setup, 1, NULL);
  if (!strcmp(what, "vsock")) return socket(AF_VSOCK, SOCK_STREAM, 0);
  if (!strcmp(what, "vsock-pair")) return socketpair(AF_VSOCK, SOCK_STREAM, 0, (int[2]){0, 0});
  if (!strcmp(what, "family-1000")) return socket(1000, SOCK_STREAM, 0);
  if (!strcmp(what, "unix")) return socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0, 0});
  if (!strcmp(what, "inet")) return socket(AF_INET, SOCK_STREAM, 0);
  if (!strcmp(what, "inet6")) return socket(AF_INET6, SOCK_DGRAM, 0);
  if (!strcmp(what, "fork")) {
    const int child = fork();
    if (child == 0) _exit(0);
    return waitpid(child, NULL, 0);
  }
  if (!strcmp(what, "thread")) {
    pthread_t thread;
    errno = pthread_create(&thread, NULL, nothing, NULL);
    return errno != 0 ? -1 : pthread_join(thread, NULL);
  }
  if (!strcmp(what, "memory")) hold_memory();
  errno = EINVAL;
  return -1;
}

int main(int count, char** values) {
  const long result = attempt(count > 1 ? values[1] : "");
  puts(result < 0 ? strerror(errno) : "done");
  return 0;
}
