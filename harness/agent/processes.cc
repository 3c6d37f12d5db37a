// Starting, ending, waiting for and signalling processes.
//
// How a child gets its identity depends on how it is started:
//
//   fork                 the child itself takes it, first thing, from a copy of the parent's memory
//   exec                 the new image finds its thread id in the control area
//   vfork                the child runs in the parent's memory and must not touch the parent's task; its call of exec
//                        enters it under its own thread id
//   posix_spawn, system, popen   libc starts the child where no wrapper sees it; the parent leaves a promise in the
//                        control area, which the new image finds by the id of its parent
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdarg>

#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/wrap.h"

using namespace jitterlab;

JITTERLAB_REPLACE(pid_t, fork, ()) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  const std::uint64_t child = next_child();
  const pid_t pid = JITTERLAB_REAL(fork)();
  if (pid == 0) {
    shared_memory.set_threads(false);
    become_task(child);
    step_before(StepKind::kStart, 0, __builtin_return_address(0));
  }
  return pid;
}

// The real vfork returns twice on the same stack, so nothing of ours may be on it: a step, then a jump. The result is
// the address of the real one.
extern "C" __attribute__((visibility("hidden"), used)) void* jitterlab_before_vfork() {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  this_task.vfork_child = next_child();
  return reinterpret_cast<void*>(real<"vfork", pid_t()>());
}

asm(R"(
  .pushsection .text
  .globl vfork
  .type vfork, @function
vfork:
  .cfi_startproc
  sub $8, %rsp
  .cfi_adjust_cfa_offset 8
  call jitterlab_before_vfork
  add $8, %rsp
  .cfi_adjust_cfa_offset -8
  jmp *%rax
  .cfi_endproc
  .size vfork, .-vfork
  .popsection
)");

namespace {

template <typename Spawn>
int spawn_promised(Spawn* spawn, pid_t* pid, const char* program, const posix_spawn_file_actions_t* actions,
                   const posix_spawnattr_t* attributes, char* const* arguments, char* const* environment) {
  ControlTask* promise = promise_task(next_child());
  pid_t child = 0;
  const int error = spawn(&child, program, actions, attributes, arguments, environment);
  settle_promise(promise, error == 0 ? child : 0);
  if (error == 0 && pid != nullptr) *pid = child;
  return error;
}

}  // namespace

#define JITTERLAB_SPAWN(name)                                                                                  \
  JITTERLAB_REPLACE(int, name,                                                                                 \
                    (pid_t * pid, const char* program, const posix_spawn_file_actions_t* actions,              \
                     const posix_spawnattr_t* attributes, char* const* arguments, char* const* environment)) { \
    step_before(StepKind::kFork, 0, __builtin_return_address(0));                                              \
    return spawn_promised(JITTERLAB_REAL(name), pid, program, actions, attributes, arguments, environment);    \
  }
JITTERLAB_SPAWN(posix_spawn)
JITTERLAB_SPAWN(posix_spawnp)

JITTERLAB_REPLACE(int, system, (const char* command)) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  ControlTask* promise = promise_task(next_child());
  const int status = JITTERLAB_REAL(system)(command);
  settle_promise(promise, 0);
  return status;
}

// The shell may not have come to look for its promise when this returns, and its process id is not told: the promise
// stays.
JITTERLAB_REPLACE(FILE*, popen, (const char* command, const char* mode)) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  ControlTask* promise = promise_task(next_child());
  FILE* stream = JITTERLAB_REAL(popen)(command, mode);
  if (stream == nullptr) settle_promise(promise, 0);
  return stream;
}

JITTERLAB_WRAP(int, pclose, (FILE * stream), (stream), kWait, stream)

namespace {

void step_before_exec(const void* pc) {
  hand_identity_over_exec();
  step_before(StepKind::kFork, 0, pc);
}

}  // namespace

#define JITTERLAB_EXEC(name, parameters, arguments) \
  JITTERLAB_REPLACE(int, name, parameters) {        \
    step_before_exec(__builtin_return_address(0));  \
    return JITTERLAB_REAL(name) arguments;          \
  }
JITTERLAB_EXEC(execve, (const char* path, char* const* arguments, char* const* environment),
               (path, arguments, environment))
JITTERLAB_EXEC(execv, (const char* path, char* const* arguments), (path, arguments))
JITTERLAB_EXEC(execvp, (const char* file, char* const* arguments), (file, arguments))
JITTERLAB_EXEC(execvpe, (const char* file, char* const* arguments, char* const* environment),
               (file, arguments, environment))
JITTERLAB_EXEC(fexecve, (int fd, char* const* arguments, char* const* environment), (fd, arguments, environment))

// The arguments of execl as an array on the stack of the caller of this macro. Stops at the null pointer, which is the
// last element; `list` stands behind it afterwards.
#define JITTERLAB_ARGUMENT_ARRAY(array, first, list)                                   \
  std::size_t count = 1;                                                               \
  va_list counted;                                                                     \
  va_copy(counted, list);                                                              \
  for (const char* a = first; a != nullptr; ++count) a = va_arg(counted, const char*); \
  va_end(counted);                                                                     \
  char** array = static_cast<char**>(__builtin_alloca(count * sizeof(char*)));         \
  array[0] = const_cast<char*>(first);                                                 \
  for (std::size_t i = 0; array[i] != nullptr; ++i) array[i + 1] = va_arg(list, char*)

JITTERLAB_REPLACE(int, execl, (const char* path, const char* first, ...)) {
  step_before_exec(__builtin_return_address(0));
  va_list list;
  va_start(list, first);
  JITTERLAB_ARGUMENT_ARRAY(arguments, first, list);
  va_end(list);
  return real<"execv", int(const char*, char* const*)>()(path, arguments);
}

JITTERLAB_REPLACE(int, execlp, (const char* file, const char* first, ...)) {
  step_before_exec(__builtin_return_address(0));
  va_list list;
  va_start(list, first);
  JITTERLAB_ARGUMENT_ARRAY(arguments, first, list);
  va_end(list);
  return real<"execvp", int(const char*, char* const*)>()(file, arguments);
}

JITTERLAB_REPLACE(int, execle, (const char* path, const char* first, ...)) {
  step_before_exec(__builtin_return_address(0));
  va_list list;
  va_start(list, first);
  JITTERLAB_ARGUMENT_ARRAY(arguments, first, list);
  char** environment = va_arg(list, char**);
  va_end(list);
  return real<"execve", int(const char*, char* const*, char* const*)>()(path, arguments, environment);
}

JITTERLAB_WRAP(pid_t, wait, (int* status), (status), kWait, nullptr)
JITTERLAB_WRAP(pid_t, waitpid, (pid_t pid, int* status, int options), (pid, status, options), kWait, pid)
JITTERLAB_WRAP(pid_t, wait3, (int* status, int options, rusage* usage), (status, options, usage), kWait, nullptr)
JITTERLAB_WRAP(pid_t, wait4, (pid_t pid, int* status, int options, rusage* usage), (pid, status, options, usage), kWait,
               pid)
JITTERLAB_WRAP(int, waitid, (idtype_t type, id_t id, siginfo_t* information, int options),
               (type, id, information, options), kWait, static_cast<std::int64_t>(id))

JITTERLAB_WRAP(int, kill, (pid_t pid, int signal), (pid, signal), kSignal, pid)
JITTERLAB_WRAP(int, killpg, (pid_t group, int signal), (group, signal), kSignal, group)
JITTERLAB_WRAP(int, raise, (int signal), (signal), kSignal, nullptr)
JITTERLAB_WRAP(int, sigqueue, (pid_t pid, int signal, sigval value), (pid, signal, value), kSignal, pid)
JITTERLAB_WRAP(int, sigaction, (int number, const struct sigaction* action, struct sigaction* old),
               (number, action, old), kSignal, nullptr)
JITTERLAB_WRAP(sighandler_t, signal, (int number, sighandler_t handler), (number, handler), kSignal, nullptr)
JITTERLAB_WRAP(int, sigprocmask, (int how, const sigset_t* set, sigset_t* old), (how, set, old), kSignal, nullptr)
JITTERLAB_WRAP(int, sigsuspend, (const sigset_t* mask), (mask), kWait, nullptr)
JITTERLAB_WRAP(int, sigwait, (const sigset_t* set, int* number), (set, number), kWait, nullptr)
JITTERLAB_WRAP(int, pause, (), (), kWait, nullptr)
JITTERLAB_WRAP(unsigned, alarm, (unsigned seconds), (seconds), kSignal, nullptr)

// The task goes on: functions registered with atexit run in it, and the agent's destructor ends it.
JITTERLAB_REPLACE(void, exit, (int status)) {
  step_before(StepKind::kExit, 0, __builtin_return_address(0));
  if (!is_vfork_child()) this_task.has_exited = true;
  JITTERLAB_REAL(exit)(status);
  __builtin_unreachable();
}

#define JITTERLAB_EXIT_AT_ONCE(name)                              \
  JITTERLAB_REPLACE(void, name, (int status)) {                   \
    step_before(StepKind::kExit, 0, __builtin_return_address(0)); \
    end_task();                                                   \
    JITTERLAB_REAL(name)(status);                                 \
    __builtin_unreachable();                                      \
  }
JITTERLAB_EXIT_AT_ONCE(_exit)
JITTERLAB_EXIT_AT_ONCE(_Exit)
JITTERLAB_EXIT_AT_ONCE(quick_exit)
