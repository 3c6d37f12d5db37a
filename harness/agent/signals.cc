// Setting handlers and masks, and waiting for signals.
//
// Entering the wait is a step of its own: a signal that comes before it runs its handler and is gone, and the wait does
// not end: the classic mistake around pause() must stay possible.
#include <signal.h>
#include <unistd.h>

#include "agent/baton.h"
#include "agent/faults.h"
#include "agent/kernel.h"
#include "agent/shared_memory.h"
#include "agent/signal_wait.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
#include "agent/wrap.h"

using namespace jitterlab;

// No signal can come between the change of the mask and the wait: they are one operation.
void jitterlab::wait_for_signal(const sigset_t* mask, const void* pc) {
  if (mask != nullptr) set_waiting_mask(mask->__val[0]);
  Wait wait;
  wait.what = WaitFor::kNever;
  wait.on_cancel = OnCancel::kEnds;
  const Step one{.kind = StepKind::kWait, .pc = pc, .call = Call::kPauseEnded};
  while (step_and_wait(one, wait).outcome != Outcome::kInterrupted) continue;
  if (mask != nullptr) clear_waiting_mask();
}

namespace {

struct SetProbe {
  SignalMask wanted;
};

bool one_of_set_is_pending(const void* argument) {
  SignalMask pending = 0;
  kernel(SYS_rt_sigpending, kernel_pointer(&pending), sizeof pending);
  return (pending & static_cast<const SetProbe*>(argument)->wanted) != 0;
}

// Before sigwait and its kin: until one of the signals is pending. Only the thread itself can tell.
bool may_take_signal(const sigset_t* set, std::uint64_t deadline, const void* pc) {
  const SetProbe probe{set->__val[0]};
  Wait wait;
  wait.what = WaitFor::kOwn;
  wait.probe = one_of_set_is_pending;
  wait.argument = &probe;
  wait.deadline = deadline;
  wait.on_cancel = OnCancel::kEnds;
  return may_go_on(Step{.kind = StepKind::kWait, .pc = pc, .call = Call::kSignalWait}, wait, Restart::kNever);
}

}  // namespace

namespace {

std::uint64_t oneself() { return is_controlled() ? this_task.id : 0; }

bool is_handler(sighandler_t handler) { return handler != SIG_DFL && handler != SIG_IGN; }

void note_handler(sighandler_t handler) {
  if (is_controlled() && is_handler(handler)) shared_memory.set_handlers();
}

}  // namespace

JITTERLAB_REPLACE(int, sigaction, (int number, const struct sigaction* action, struct sigaction* old)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kSignalHandler);
  if (action != nullptr) note_handler(action->sa_handler);
  if (is_controlled()) note_detail(static_cast<std::uint64_t>(number));
  const int result = JITTERLAB_REAL(sigaction)(number, action, old);
  if (result == 0 && action != nullptr && is_handler(action->sa_handler)) signal_may_come(number);
  return result;
}

#define JITTERLAB_SET_HANDLER(name)                                                               \
  JITTERLAB_REPLACE(sighandler_t, name, (int number, sighandler_t handler)) {                     \
    step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kSignalHandler); \
    note_handler(handler);                                                                        \
    if (is_controlled()) note_detail(static_cast<std::uint64_t>(number));                         \
    const sighandler_t before = JITTERLAB_REAL(name)(number, handler);                            \
    if (before != SIG_ERR && is_handler(handler)) signal_may_come(number);                        \
    return before;                                                                                \
  }
JITTERLAB_SET_HANDLER(signal)
JITTERLAB_SET_HANDLER(sysv_signal)
JITTERLAB_SET_HANDLER(__sysv_signal)
JITTERLAB_SET_HANDLER(ssignal)
JITTERLAB_SET_HANDLER(sigset)

namespace {

// A signal that ends or stops the process may be pending, and the calling thread is about to let it through.
void before_mask(int how, const sigset_t* set) {
  if (is_controlled()) {
    note_result(set == nullptr ? kFailedCall : static_cast<std::uint64_t>(how));
    note_detail(set == nullptr ? 0 : set->__val[0]);
  }
  if (!is_controlled() || set == nullptr || how == SIG_BLOCK) return;
  const SignalMask now = current_mask(), wanted = set->__val[0];
  const PendingSignals signals = pending_signals(how == SIG_UNBLOCK ? now & ~wanted : wanted);
  if (signals.fatal) {
    end_task(Ends::kProcess);
    restore_signals(now);
  } else if (signals.stop_signal != 0) {
    stop_oneself(signals.stop_signal, Stop::kIsPending);
    release_signals();
  }
}

}  // namespace

JITTERLAB_REPLACE(int, sigprocmask, (int how, const sigset_t* set, sigset_t* old)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kSignalMask);
  before_mask(how, set);
  return JITTERLAB_REAL(sigprocmask)(how, set, old);
}

JITTERLAB_REPLACE(int, pthread_sigmask, (int how, const sigset_t* set, sigset_t* old)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kSignalMask);
  before_mask(how, set);
  return JITTERLAB_REAL(pthread_sigmask)(how, set, old);
}

JITTERLAB_REPLACE(int, pause, ()) {
  const void* pc = __builtin_return_address(0);
  step_before(StepKind::kWait, 0, pc, Call::kPause);
  if (!is_controlled()) return JITTERLAB_REAL(pause)();
  wait_for_signal(nullptr, pc);
  errno = EINTR;
  return -1;
}

JITTERLAB_REPLACE(int, sigsuspend, (const sigset_t* mask)) {
  const void* pc = __builtin_return_address(0);
  step_before(StepKind::kWait, 0, pc, Call::kPause);
  if (!is_controlled()) return JITTERLAB_REAL(sigsuspend)(mask);
  wait_for_signal(mask, pc);
  errno = EINTR;
  return -1;
}

// A look: repeated, it is a spinning loop.
JITTERLAB_REPLACE(int, sigpending, (sigset_t * set)) {
  if (is_controlled()) step_before(StepKind::kOther, this_task.id, __builtin_return_address(0));
  return JITTERLAB_REAL(sigpending)(set);
}

JITTERLAB_REPLACE(int, sigwait, (const sigset_t* set, int* number)) {
  while (!may_take_signal(set, 0, __builtin_return_address(0))) continue;  // never ends by a handler
  return JITTERLAB_REAL(sigwait)(set, number);
}

JITTERLAB_REPLACE(int, sigwaitinfo, (const sigset_t* set, siginfo_t* information)) {
  if (!may_take_signal(set, 0, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(sigwaitinfo)(set, information);
}

JITTERLAB_REPLACE(int, sigtimedwait, (const sigset_t* set, siginfo_t* information, const timespec* length)) {
  const std::uint64_t deadline = length != nullptr && is_controlled() ? deadline_after(*length) : 0;
  if (!may_take_signal(set, deadline, __builtin_return_address(0))) return -1;
  return JITTERLAB_REAL(sigtimedwait)(set, information, length);
}
