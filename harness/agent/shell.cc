// system and popen: the shell as a child of the agent's making, waited for in steps. libc's own would start it where no
// wrapper sees it, and wait for it out of our control. In jitter executions they are libc's, and the parent leaves a
// promise that the shell finds.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/task.h"
#include "agent/wrap.h"

using namespace jitterlab;

#define JITTERLAB_DECLARE(result, name, parameters) extern "C" result wrapped_##name parameters asm(#name)
JITTERLAB_DECLARE(pid_t, fork, ());
JITTERLAB_DECLARE(int, execve, (const char* path, char* const* arguments, char* const* environment));
JITTERLAB_DECLARE(pid_t, waitpid, (pid_t pid, int* status, int options));
JITTERLAB_DECLARE(void, _exit, (int status));

namespace {

// The program may have its own copy of the variable, which is then the one that libc uses.
char** environment_now() {
  auto* const variable = static_cast<char***>(dlsym(RTLD_DEFAULT, "environ"));
  return variable != nullptr ? *variable : nullptr;
}

[[noreturn]] void become_shell(const char* command) {
  char shell[] = "sh", option[] = "-c";
  char* const arguments[] = {shell, option, const_cast<char*>(command), nullptr};
  wrapped_execve("/bin/sh", arguments, environment_now());
  wrapped__exit(127);
  __builtin_unreachable();
}

int await_shell(pid_t pid) {
  int status = -1;
  for (;;) {
    if (wrapped_waitpid(pid, &status, 0) >= 0) return status;
    if (errno != EINTR) return -1;
  }
}

using Action = struct sigaction;

void set_action(int signal, const Action* action, Action* old) {
  real<"sigaction", int(int, const Action*, Action*)>()(signal, action, old);
}

void set_mask(int how, const sigset_t* mask, sigset_t* old) {
  real<"sigprocmask", int(int, const sigset_t*, sigset_t*)>()(how, mask, old);
}

int controlled_system(const char* command) {
  Action ignore{}, interrupt{}, quit{};
  ignore.sa_handler = SIG_IGN;
  sigset_t child{}, before;
  child.__val[0] = 1ul << (SIGCHLD - 1);
  set_action(SIGINT, &ignore, &interrupt);
  set_action(SIGQUIT, &ignore, &quit);
  set_mask(SIG_BLOCK, &child, &before);
  const pid_t pid = wrapped_fork();
  if (pid == 0) {
    set_action(SIGINT, &interrupt, nullptr);
    set_action(SIGQUIT, &quit, nullptr);
    set_mask(SIG_SETMASK, &before, nullptr);
    become_shell(command);
  }
  const int status = pid > 0 ? await_shell(pid) : -1;
  set_action(SIGINT, &interrupt, nullptr);
  set_action(SIGQUIT, &quit, nullptr);
  set_mask(SIG_SETMASK, &before, nullptr);
  return status;
}

// ---- popen ---------------------------------------------------------------------------------------------------------

struct ShellStream {
  FILE* stream;  // null: free
  int fd;
  pid_t pid;
};
constexpr int kMostShellStreams = 64;
ShellStream shell_streams[kMostShellStreams];

ShellStream* find_stream(FILE* stream) {
  for (ShellStream& one : shell_streams) {
    if (one.stream == stream) return &one;
  }
  return nullptr;
}

// The child's end is its standard input or output; it has none of the streams of earlier calls.
[[noreturn]] void become_stream_shell(const char* command, int end, int target) {
  for (const ShellStream& one : shell_streams) {
    if (one.stream != nullptr && one.fd != target) kernel(SYS_close, one.fd);
  }
  if (end == target)
    kernel(SYS_fcntl, end, F_SETFD, 0);
  else
    kernel(SYS_dup2, end, target);
  become_shell(command);
}

FILE* controlled_popen(const char* command, const char* mode) {
  bool reads = false, writes = false, closes = false;
  for (const char* letter = mode; *letter != '\0'; ++letter) {
    reads |= *letter == 'r';
    writes |= *letter == 'w';
    closes |= *letter == 'e';
  }
  ShellStream* const place = find_stream(nullptr);
  int ends[2];
  if (reads == writes || place == nullptr) {
    errno = reads == writes ? EINVAL : EMFILE;
    return nullptr;
  }
  if (const long result = kernel(SYS_pipe2, kernel_pointer(ends), O_CLOEXEC); result < 0) {
    errno = static_cast<int>(-result);
    return nullptr;
  }
  const int ours = reads ? ends[0] : ends[1], its = reads ? ends[1] : ends[0];
  FILE* const stream = real<"fdopen", FILE*(int, const char*)>()(ours, reads ? "r" : "w");
  const pid_t pid = stream != nullptr ? wrapped_fork() : -1;
  if (pid == 0) become_stream_shell(command, its, reads ? 1 : 0);
  kernel(SYS_close, its);
  if (pid < 0) {
    if (stream != nullptr)
      fclose(stream);
    else
      kernel(SYS_close, ours);
    return nullptr;
  }
  if (!closes) kernel(SYS_fcntl, ours, F_SETFD, 0);
  *place = {stream, ours, pid};
  return stream;
}

}  // namespace

JITTERLAB_REPLACE(int, system, (const char* command)) {
  if (is_controlled()) return command != nullptr ? controlled_system(command) : 1;  // 1: there is a shell
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  ControlTask* promise = promise_task(next_child());
  const int status = JITTERLAB_REAL(system)(command);
  settle_promise(promise, 0);
  return status;
}

// In jitter executions: the shell may not have come to look for its promise when this returns, and its process id is
// not told: the promise stays.
JITTERLAB_REPLACE(FILE*, popen, (const char* command, const char* mode)) {
  if (is_controlled()) return controlled_popen(command, mode);
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  ControlTask* promise = promise_task(next_child());
  FILE* stream = JITTERLAB_REAL(popen)(command, mode);
  if (stream == nullptr) settle_promise(promise, 0);
  return stream;
}

JITTERLAB_REPLACE(int, pclose, (FILE * stream)) {
  ShellStream* const place = stream != nullptr && is_controlled() ? find_stream(stream) : nullptr;
  if (place == nullptr) {
    step_before(StepKind::kWait, object_of(stream), __builtin_return_address(0));
    return JITTERLAB_REAL(pclose)(stream);
  }
  const pid_t pid = place->pid;
  *place = {};
  step_before(StepKind::kObject, 0, __builtin_return_address(0));
  fclose(stream);
  return await_shell(pid);
}
