// Sending signals, and what the calling process does to itself by one.
//
// A signal to another process is sent for real. It stays pending there while the task is parked, and is taken when the
// task is chosen (baton.cc); only SIGKILL, SIGSTOP and SIGCONT act at once. One that ends or stops the calling process
// must be foreseen: the baton has to be handed over before.
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/threads.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

std::int32_t own_pid() { return static_cast<std::int32_t>(kernel(SYS_getpid)); }

// The task that a signal to `target`, as kill() has it, is for; of a group none in particular.
std::uint64_t object_of_target(pid_t target) {
  if (!is_controlled()) return object_of(std::int64_t{target});
  return target > 0 ? process_of(target) : 0;
}

// The calling process is about to die of `signal`.
void leave_before(int signal) {
  if (!would_kill_us(signal, current_mask())) return;
  const SignalMask mask = current_mask();
  end_task(Ends::kProcess);
  restore_signals(mask);
}

void note_sent(pid_t target, int signal) {
  if (signal == SIGKILL) note_killed(target);
  if (signal == SIGSTOP) note_stopped(target);
  if (signal == SIGCONT) note_continued(target);
}

// In a process of several threads any that lets the signal through may take it, not just the one that sends it.
template <typename Send>
int send_to_threads(const Send& send, const void* pc) {
  hold_signals();
  const int result = send();
  const int error = errno;
  step_before(StepKind::kSignal, this_task.id, pc);
  errno = error;
  return result;
}

template <typename Send>
int send_to(pid_t target, int signal, const Send& send, const void* pc) {
  step_before(StepKind::kSignal, object_of_target(target), pc, Call::kKill);
  note_result(static_cast<std::uint64_t>(signal));
  if (!is_controlled()) return send();
  const bool hits_us = target != -1 && is_meant(target, own_pid());
  if (hits_us && would_stop_us(signal, current_mask())) {
    send_to_others_of_group(target, signal);
    stop_oneself(signal, Stop::kByUs);
    release_signals();
    return 0;
  }
  if (hits_us && signal == SIGKILL) send_to_others_of_group(target, signal);
  if (hits_us) leave_before(signal);
  if (hits_us && is_controlled() && signal != 0 && shared_memory.has_threads()) return send_to_threads(send, pc);
  // The death of a child is for when the list of tasks is whole again.
  const bool acts_at_once = !hits_us && (signal == SIGKILL || signal == SIGSTOP || signal == SIGCONT);
  if (acts_at_once) hold_signals();
  const int result = send();
  if (result == 0 && is_controlled()) note_sent(target, signal);
  if (acts_at_once) release_signals();
  return result;
}

}  // namespace

JITTERLAB_REPLACE(int, kill, (pid_t target, int signal)) {
  const auto send = [&] { return JITTERLAB_REAL(kill)(target, signal); };
  return send_to(target, signal, send, __builtin_return_address(0));
}

JITTERLAB_REPLACE(int, killpg, (pid_t group, int signal)) {
  const auto send = [&] { return JITTERLAB_REAL(killpg)(group, signal); };
  return send_to(-group, signal, send, __builtin_return_address(0));
}

JITTERLAB_REPLACE(int, sigqueue, (pid_t target, int signal, sigval value)) {
  const auto send = [&] { return JITTERLAB_REAL(sigqueue)(target, signal, value); };
  return send_to(target, signal, send, __builtin_return_address(0));
}

JITTERLAB_REPLACE(int, tgkill, (pid_t process, pid_t thread, int signal)) {
  step_before(StepKind::kSignal, object_of_target(process), __builtin_return_address(0), Call::kKill);
  note_result(static_cast<std::uint64_t>(signal));
  if (is_controlled() && thread == this_task.tid) leave_before(signal);
  const int result = JITTERLAB_REAL(tgkill)(process, thread, signal);
  if (result == 0 && is_controlled() && process != own_pid()) note_sent(process, signal);
  return result;
}

namespace {

void note_abort() {
  if (would_kill_us(SIGABRT, current_mask() & ~(SignalMask{1} << (SIGABRT - 1)))) note_crash(SIGABRT);
}

// A parked thread takes it when it is chosen; the calling one at once, and the process with it if it must.
template <typename Send>
int send_to_thread(pthread_t thread, int signal, const Send& send, const void* pc) {
  if (!is_controlled()) {
    step_before(StepKind::kSignal, thread, pc);
    return send();
  }
  const std::uint64_t task = task_of_thread(thread);
  step_before(StepKind::kSignal, task, pc, Call::kKill);
  note_result(static_cast<std::uint64_t>(signal));
  if ((task == this_task.id || signal == SIGSTOP) && would_stop_us(signal, current_mask())) {
    stop_oneself(signal, Stop::kByUs);
    release_signals();
    return 0;
  }
  if (task == this_task.id || signal == SIGKILL) leave_before(signal);
  return send();
}

}  // namespace

JITTERLAB_REPLACE(int, pthread_kill, (pthread_t thread, int signal)) {
  const auto send = [&] { return JITTERLAB_REAL(pthread_kill)(thread, signal); };
  return send_to_thread(thread, signal, send, __builtin_return_address(0));
}

JITTERLAB_REPLACE(int, pthread_sigqueue, (pthread_t thread, int signal, sigval value)) {
  const auto send = [&] { return JITTERLAB_REAL(pthread_sigqueue)(thread, signal, value); };
  return send_to_thread(thread, signal, send, __builtin_return_address(0));
}

// To the calling thread.
JITTERLAB_REPLACE(int, raise, (int signal)) {
  step_before(StepKind::kSignal, is_controlled() ? this_task.id : 0, __builtin_return_address(0), Call::kKill);
  note_result(static_cast<std::uint64_t>(signal));
  if (is_controlled() && would_stop_us(signal, current_mask())) {
    stop_oneself(signal, Stop::kByUs);
    release_signals();
    return 0;
  }
  if (is_controlled()) leave_before(signal);
  return JITTERLAB_REAL(raise)(signal);
}

namespace {

// As libc's abort: a handler runs first.
void prepare_abort() {
  let_through(SIGABRT);
  note_abort();
  leave_before(SIGABRT);
  if (!is_controlled()) return;
  kernel(SYS_tgkill, own_pid(), this_task.tid, SIGABRT);
  struct sigaction standard {};
  real<"sigaction", int(int, const struct sigaction*, struct sigaction*)>()(SIGABRT, &standard, nullptr);
  leave_before(SIGABRT);
}

}  // namespace

JITTERLAB_REPLACE(void, abort, ()) {
  step_before(StepKind::kSignal, is_controlled() ? this_task.id : 0, __builtin_return_address(0));
  if (is_controlled()) prepare_abort();
  JITTERLAB_REAL(abort)();
  __builtin_unreachable();
}

// libc's assert reaches its own abort. With a handler, that is out of our sight: the others notice the end.
JITTERLAB_REPLACE(void, __assert_fail, (const char* text, const char* file, unsigned line, const char* function)) {
  step_before(StepKind::kSignal, is_controlled() ? this_task.id : 0, __builtin_return_address(0));
  if (is_controlled()) {
    note_abort();
    leave_before(SIGABRT);
  }
  JITTERLAB_REAL(__assert_fail)(text, file, line, function);
  __builtin_unreachable();
}
