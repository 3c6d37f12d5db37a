// Starting, ending and waiting for processes.
//
// How a child gets its identity depends on how it is started:
//
//   fork                 the child itself takes it, first thing, from a copy of the parent's memory
//   exec                 the new image finds its thread id in the control area
//   vfork                the child runs in the parent's memory and must not touch the parent's task; its call of exec
//                        enters it under its own thread id
//   posix_spawn          libc starts the child where no wrapper sees it; the parent leaves a promise in the control
//   area,
//                        which the new image finds by the id of its parent (likewise system and popen: shell.cc)
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/kernel_signals.h"
#include "agent/pending_output.h"
#include "agent/probes.h"
#include "agent/python.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/threads.h"
#include "agent/timer_descriptors.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

// In a controlled execution, a slot for a child of the calling task; else -1.
int prepare_slot(std::uint64_t child) { return is_controlled() ? create_slot(this_task.id, child, true) : -1; }

// What pthread_atfork was given. Such functions take steps, and inside libc's fork, where the child has a slot and is
// not there yet, nobody could come to an end of them.
struct ForkHandlers {
  static constexpr int kMost = 64;
  void (*prepare[kMost])();
  void (*parent[kMost])();
  void (*child[kMost])();
  std::atomic<int> count;
};
ForkHandlers fork_handlers;

void run_fork_handlers(void (*const handlers[])(), int count, bool is_backwards) {
  for (int i = 0; i < count; ++i) {
    if (void (*const handler)() = handlers[is_backwards ? count - 1 - i : i]) handler();
  }
}

}  // namespace

JITTERLAB_REPLACE(int, __register_atfork, (void (*prepare)(), void (*parent)(), void (*child)(), void* library)) {
  if (!is_controlled()) return JITTERLAB_REAL(__register_atfork)(prepare, parent, child, library);
  const int at = fork_handlers.count.fetch_add(1);
  if (at >= ForkHandlers::kMost) {
    fork_handlers.count.store(ForkHandlers::kMost);
    return ENOMEM;
  }
  fork_handlers.prepare[at] = prepare;
  fork_handlers.parent[at] = parent;
  fork_handlers.child[at] = child;
  return 0;
}

JITTERLAB_REPLACE(pid_t, fork, ()) {
  const int handlers = fork_handlers.count.load();
  run_fork_handlers(fork_handlers.prepare, handlers, true);
  note_python_process();
  step_before(StepKind::kFork, 0, __builtin_return_address(0), Call::kFork);
  const std::uint64_t child = next_child();
  if (is_controlled()) note_detail(pending_output());
  const int slot = prepare_slot(child);
  hold_signals();
  const bool masked = this_task.masked;
  const SignalMask mask = this_task.mask;
  const pid_t pid = JITTERLAB_REAL(fork)();
  if (pid == 0) {
    if (shared_memory.has_threads()) shared_memory.set_threads(false);
    this_task.shares_stack = false;
    forget_threads();
    become_task(child, NewTask::kProcess);
    this_task.masked = masked;
    this_task.mask = mask;
    begin_task(true, __builtin_return_address(0));
    run_fork_handlers(fork_handlers.child, handlers, false);
    return 0;
  }
  if (pid < 0) {
    drop_slot(slot);
  } else {
    settle_slot(slot, pid);
    if (is_controlled()) lend_timers(pid);
  }
  note_result(static_cast<std::uint64_t>(pid));
  release_signals();
  run_fork_handlers(fork_handlers.parent, handlers, false);
  return pid;
}

// The real vfork returns twice on the same stack, so nothing of ours may be on it: a step, then a jump. The result is
// the address of the real one.
extern "C" __attribute__((visibility("hidden"), used)) void* jitterlab_before_vfork() {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  this_task.vfork_child = next_child();
  this_task.vfork_slot = prepare_slot(this_task.vfork_child);
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
  const int slot = prepare_slot(id);
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

void step_before_exec(const void* pc) {
  hand_identity_over_exec();
  step_before(StepKind::kFork, 0, pc, Call::kExec);
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
    wait.on_cancel = OnCancel::kEnds;
  }
  const std::uint64_t object = is_controlled() ? this_process() : object_of(id);
  const Step one{.kind = StepKind::kWait, .object = object, .pc = pc, .call = Call::kChildWait};
  return may_go_on(one, wait, Restart::kAsHandlerSays);
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

// The process that may wait for this one.
std::uint64_t waiter() { return is_controlled() ? process_of(static_cast<std::int32_t>(kernel(SYS_getppid))) : 0; }

}  // namespace

// The task goes on: functions registered with atexit run in it, and the agent's destructor ends it.
JITTERLAB_REPLACE(void, exit, (int status)) {
  step_before(StepKind::kExit, waiter(), __builtin_return_address(0), Call::kExit);
  note_result(static_cast<std::uint64_t>(status));
  if (!is_vfork_child()) this_task.has_exited = true;
  JITTERLAB_REAL(exit)(status);
  __builtin_unreachable();
}

namespace {

void end_at_once(int status, const void* pc) {
  step_before(StepKind::kExit, waiter(), pc, Call::kExit);
  note_result(static_cast<std::uint64_t>(status));
  end_task(Ends::kProcess);
}

}  // namespace

// All that libc does. Nothing runs any more that a signal could be meant for; see also uninterrupted.cc.
#define JITTERLAB_EXIT_AT_ONCE(name)                  \
  JITTERLAB_REPLACE(void, name, (int status)) {       \
    end_at_once(status, __builtin_return_address(0)); \
    block_signals();                                  \
    for (;;) kernel(SYS_exit_group, status);          \
  }
JITTERLAB_EXIT_AT_ONCE(_exit)
JITTERLAB_EXIT_AT_ONCE(_Exit)

JITTERLAB_REPLACE(void, quick_exit, (int status)) {
  end_at_once(status, __builtin_return_address(0));
  JITTERLAB_REAL(quick_exit)(status);
  __builtin_unreachable();
}
