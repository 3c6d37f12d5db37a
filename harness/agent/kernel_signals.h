// Signals by raw system calls: masks as the kernel keeps them, 64 bits.
#pragma once

#include <cstdint>

namespace jitterlab {

using SignalMask = std::uint64_t;  // bit n - 1: signal n

// Blocks all that can be blocked for the calling thread, but not those that tell of its own faults; the mask before.
SignalMask block_signals();
void restore_signals(SignalMask mask);
SignalMask current_mask();

// What would happen if `mask` were the thread's mask now.
struct PendingSignals {
  bool any = false;       // a handler would run, or the process would end
  bool restarts = false;  // all these handlers have SA_RESTART
  bool fatal = false;     // the process would end
};
PendingSignals pending_signals(SignalMask mask);

// Whether this signal ends a process that has not changed its disposition; false also for those that stop it.
bool is_fatal_by_default(int signal);
// Whether the calling process would die of it: default disposition, and fatal.
bool would_kill_us(int signal);

}  // namespace jitterlab
