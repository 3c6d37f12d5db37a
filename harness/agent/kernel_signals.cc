#include "agent/kernel_signals.h"

#include <signal.h>

#include "agent/kernel.h"

namespace jitterlab {
namespace {

constexpr long kMaskSize = sizeof(SignalMask);

constexpr SignalMask bit(int signal) { return SignalMask{1} << (signal - 1); }

constexpr SignalMask kIgnored = bit(SIGCHLD) | bit(SIGURG) | bit(SIGWINCH) | bit(SIGCONT);
constexpr SignalMask kStopping = bit(SIGSTOP) | bit(SIGTSTP) | bit(SIGTTIN) | bit(SIGTTOU);

// As rt_sigaction takes it on x86-64.
struct KernelAction {
  std::uint64_t handler;
  std::uint64_t flags;
  std::uint64_t restorer;
  SignalMask mask;
};

KernelAction action_of(int signal) {
  KernelAction action{};
  kernel(SYS_rt_sigaction, signal, 0, kernel_pointer(&action), kMaskSize);
  return action;
}

constexpr std::uint64_t kDefault = 0, kIgnore = 1;

bool is_signal(int signal) { return signal >= 1 && signal <= 64; }

bool reaches_us_by_default(int signal, SignalMask mask) {
  if (signal == SIGKILL || signal == SIGSTOP) return true;
  return (mask & bit(signal)) == 0 && action_of(signal).handler == kDefault;
}

void change_mask(int how, int signal) {
  const SignalMask one = bit(signal);
  kernel(SYS_rt_sigprocmask, how, kernel_pointer(&one), 0, kMaskSize);
}

}  // namespace

SignalMask block_signals() {
  const SignalMask all = ~bit(SIGSYS);
  SignalMask before = 0;
  kernel(SYS_rt_sigprocmask, SIG_BLOCK, kernel_pointer(&all), kernel_pointer(&before), kMaskSize);
  return before;
}

void restore_signals(SignalMask mask) { kernel(SYS_rt_sigprocmask, SIG_SETMASK, kernel_pointer(&mask), 0, kMaskSize); }

SignalMask current_mask() {
  SignalMask mask = 0;
  kernel(SYS_rt_sigprocmask, SIG_BLOCK, 0, kernel_pointer(&mask), kMaskSize);
  return mask;
}

bool is_fatal_by_default(int signal) { return (bit(signal) & (kIgnored | kStopping)) == 0; }

bool would_kill_us(int signal, SignalMask mask) {
  return is_signal(signal) && is_fatal_by_default(signal) && reaches_us_by_default(signal, mask);
}

bool would_stop_us(int signal, SignalMask mask) {
  return is_signal(signal) && (bit(signal) & kStopping) != 0 && reaches_us_by_default(signal, mask);
}

void let_through(int signal) { change_mask(SIG_UNBLOCK, signal); }

void block_again(int signal) { change_mask(SIG_BLOCK, signal); }

PendingSignals pending_signals(SignalMask mask) {
  SignalMask pending = 0;
  kernel(SYS_rt_sigpending, kernel_pointer(&pending), kMaskSize);
  PendingSignals result;
  result.restarts = true;
  for (SignalMask left = pending & ~mask; left != 0; left &= left - 1) {
    const int signal = __builtin_ctzll(left) + 1;
    const KernelAction action = action_of(signal);
    if (action.handler == kIgnore || (action.handler == kDefault && (bit(signal) & kIgnored) != 0)) continue;
    result.any = true;
    if (action.handler == kDefault && (bit(signal) & kStopping) != 0) {
      result.stop_signal = signal;
      continue;
    }
    if (action.handler == kDefault) result.fatal = true;
    if ((action.flags & SA_RESTART) == 0) result.restarts = false;
  }
  return result;
}

}  // namespace jitterlab
