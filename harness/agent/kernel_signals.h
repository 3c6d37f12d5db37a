// Signals by raw system calls: masks as the kernel keeps them, 64 bits.
#pragma once

#include <cstdint>

namespace jitterlab {

using SignalMask = std::uint64_t;  // bit n - 1: signal n

// Blocks all that can be blocked for the calling thread, but not SIGSYS; the mask before. A fault of the agent itself
// ends the process all the same.
SignalMask block_signals();
void restore_signals(SignalMask mask);
SignalMask current_mask();

// What would happen if `mask` were the thread's mask now.
struct PendingSignals {
  bool any = false;       // a handler would run, or the process would end
  bool restarts = false;  // all these handlers have SA_RESTART
  bool fatal = false;     // the process would end
  int stop_signal = 0;    // the process would be stopped by this one
};
PendingSignals pending_signals(SignalMask mask);

// Whether this signal ends a process that has not changed its disposition; false also for those that stop it.
bool is_fatal_by_default(int signal);
// Whether the calling process would die of it, or be stopped: by default disposition, and the calling thread, whose
// mask is `mask`, lets it through.
bool would_kill_us(int signal, SignalMask mask);
bool would_stop_us(int signal, SignalMask mask);
// Lets one signal through, and blocks it again.
void let_through(int signal);
void block_again(int signal);

}  // namespace jitterlab
