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

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/probes.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/wrap.h"

using namespace jitterlab;

#define JITTERLAB_DECLARE(result, name, parameters) extern "C" result wrapped_##name parameters asm(#name)
JITTERLAB_DECLARE(int, execve, (const char* path, char* const* arguments, char* const* environment));
JITTERLAB_DECLARE(pid_t, waitpid, (pid_t pid, int* status, int options));
JITTERLAB_DECLARE(void, _exit, (int status));
JITTERLAB_DECLARE(int, sigaction, (int number, const struct sigaction* action, struct sigaction* old));
JITTERLAB_DECLARE(int, sigprocmask, (int how, const sigset_t* set, sigset_t* old));

namespace {

// In a controlled execution, a slot for a child of the calling task; else -1.
int prepare_slot(std::uint64_t child, NewTask what) {
  return is_controlled() ? create_slot(this_task.id, child, what == NewTask::kProcess) : -1;
}

}  // namespace

JITTERLAB_REPLACE(pid_t, fork, ()) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  const std::uint64_t child = next_child();
  const int slot = prepare_slot(child, NewTask::kProcess);
  const pid_t pid = JITTERLAB_REAL(fork)();
  if (pid == 0) {
    shared_memory.set_threads(false);
    become_task(child, NewTask::kProcess);
    begin_task(true, __builtin_return_address(0));
  } else if (pid < 0) {
    drop_slot(slot);
  } else {
    settle_slot(slot, pid);
  }
  return pid;
}

// The real vfork returns twice on the same stack, so nothing of ours may be on it: a step, then a jump. The result is
// the address of the real one.
extern "C" __attribute__((visibility("hidden"), used)) void* jitterlab_before_vfork() {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  this_task.vfork_child = next_child();
  this_task.vfork_slot = prepare_slot(this_task.vfork_child, NewTask::kProcess);
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
  const std::uint64_t id = next_child();
  const int slot = prepare_slot(id, NewTask::kProcess);
  ControlTask* promise = promise_task(id);
  pid_t child = 0;
  const int error = spawn(&child, program, actions, attributes, arguments, environment);
  settle_promise(promise, error == 0 ? child : 0);
  if (error == 0)
    settle_slot(slot, child);
  else
    drop_slot(slot);
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

namespace {

// The program may have its own copy of the variable, which is then the one that libc uses.
char** environment_now() {
  auto* const variable = static_cast<char***>(dlsym(RTLD_DEFAULT, "environ"));
  return variable != nullptr ? *variable : nullptr;
}

// As libc's, of steps: its own would wait for the shell out of our control.
int controlled_system(const char* command) {
  struct sigaction ignore {
  }, interrupt{}, quit{};
  ignore.sa_handler = SIG_IGN;
  sigset_t child{}, before;
  child.__val[0] = 1ul << (SIGCHLD - 1);
  JITTERLAB_REAL(sigaction)(SIGINT, &ignore, &interrupt);
  JITTERLAB_REAL(sigaction)(SIGQUIT, &ignore, &quit);
  JITTERLAB_REAL(sigprocmask)(SIG_BLOCK, &child, &before);
  const pid_t pid = wrapped_fork();
  if (pid == 0) {
    JITTERLAB_REAL(sigaction)(SIGINT, &interrupt, nullptr);
    JITTERLAB_REAL(sigaction)(SIGQUIT, &quit, nullptr);
    JITTERLAB_REAL(sigprocmask)(SIG_SETMASK, &before, nullptr);
    char shell[] = "sh", option[] = "-c";
    char* const arguments[] = {shell, option, const_cast<char*>(command), nullptr};
    wrapped_execve("/bin/sh", arguments, environment_now());
    wrapped__exit(127);
  }
  int status = -1;
  while (pid > 0 && wrapped_waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  JITTERLAB_REAL(sigaction)(SIGINT, &interrupt, nullptr);
  JITTERLAB_REAL(sigaction)(SIGQUIT, &quit, nullptr);
  JITTERLAB_REAL(sigprocmask)(SIG_SETMASK, &before, nullptr);
  return status;
}

}  // namespace

JITTERLAB_REPLACE(int, system, (const char* command)) {
  if (is_controlled() && command != nullptr) return controlled_system(command);
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
  const std::uint64_t id = next_child();
  const int slot = prepare_slot(id, NewTask::kProcess);
  ControlTask* promise = promise_task(id);
  FILE* stream = JITTERLAB_REAL(popen)(command, mode);
  if (stream == nullptr) {
    settle_promise(promise, 0);
    drop_slot(slot);
  }
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

namespace {

constexpr int kEnded = 0x4;  // WEXITED, which wait and waitpid imply

// A step before a wait for children; false: it fails with EINTR.
bool may_wait(int id_type, long id, int options, const void* pc) {
  const ChildProbe probe{id_type, id, options};
  Wait wait;
  if ((options & WNOHANG) == 0) {
    wait.what = WaitFor::kOwn;
    wait.probe = child_has_changed;
    wait.argument = &probe;
  }
  return may_go_on(Step{.kind = StepKind::kWait, .object = object_of(id), .pc = pc}, wait, Restart::kAsHandlerSays);
}

bool may_wait_for(pid_t pid, int options, const void* pc) {
  const int type = pid == -1 ? P_ALL : pid > 0 ? P_PID : P_PGID;
  const long id = pid == -1 ? 0 : pid > 0 ? pid : -pid;
  return may_wait(type, id, (options & (WNOHANG | WUNTRACED | WCONTINUED)) | kEnded, pc);
}

}  // namespace

JITTERLAB_REPLACE(pid_t, wait, (int* status)) {
  if (!may_wait_for(-1, 0, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(wait)(status);
}
JITTERLAB_REPLACE(pid_t, waitpid, (pid_t pid, int* status, int options)) {
  if (!may_wait_for(pid, options, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(waitpid)(pid, status, options);
}
JITTERLAB_REPLACE(pid_t, wait3, (int* status, int options, rusage* usage)) {
  if (!may_wait_for(-1, options, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(wait3)(status, options, usage);
}
JITTERLAB_REPLACE(pid_t, wait4, (pid_t pid, int* status, int options, rusage* usage)) {
  if (!may_wait_for(pid, options, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(wait4)(pid, status, options, usage);
}
JITTERLAB_REPLACE(int, waitid, (idtype_t type, id_t id, siginfo_t* information, int options)) {
  if (!may_wait(type, static_cast<long>(id), options, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(waitid)(type, id, information, options);
}

namespace {

// The target dies of SIGKILL at once, wherever it is parked; nobody goes on before it is gone.
void await_killed(pid_t pid) {
  if (is_controlled()) note_killed(pid);
}

// A signal to oneself that is fatal: the baton must be handed over before.
void leave_before(int signal) {
  if (is_controlled() && would_kill_us(signal)) end_task(Ends::kProcess);
}

}  // namespace

JITTERLAB_REPLACE(int, kill, (pid_t pid, int signal)) {
  step_before(StepKind::kSignal, object_of(pid), __builtin_return_address(0));
  if (pid == static_cast<pid_t>(kernel(SYS_getpid))) leave_before(signal);
  const int result = JITTERLAB_REAL(kill)(pid, signal);
  if (result == 0 && signal == SIGKILL) await_killed(pid);
  return result;
}
JITTERLAB_REPLACE(int, raise, (int signal)) {
  step_before(StepKind::kSignal, 0, __builtin_return_address(0));
  leave_before(signal);
  return JITTERLAB_REAL(raise)(signal);
}
JITTERLAB_REPLACE(void, abort, ()) {
  step_before(StepKind::kSignal, 0, __builtin_return_address(0));
  leave_before(SIGABRT);
  JITTERLAB_REAL(abort)();
  __builtin_unreachable();
}
JITTERLAB_WRAP(int, killpg, (pid_t group, int signal), (group, signal), kSignal, group)
JITTERLAB_WRAP(int, sigqueue, (pid_t pid, int signal, sigval value), (pid, signal, value), kSignal, pid)
JITTERLAB_WRAP(int, sigaction, (int number, const struct sigaction* action, struct sigaction* old),
               (number, action, old), kSignal, nullptr)
JITTERLAB_WRAP(sighandler_t, signal, (int number, sighandler_t handler), (number, handler), kSignal, nullptr)
JITTERLAB_WRAP(int, sigprocmask, (int how, const sigset_t* set, sigset_t* old), (how, set, old), kSignal, nullptr)
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
    end_task(Ends::kProcess);                                     \
    JITTERLAB_REAL(name)(status);                                 \
    __builtin_unreachable();                                      \
  }
JITTERLAB_EXIT_AT_ONCE(_exit)
JITTERLAB_EXIT_AT_ONCE(_Exit)
JITTERLAB_EXIT_AT_ONCE(quick_exit)
