// Faults of a lab's scenario: what the system may do, and hardly ever does.
#pragma once

#include <cstddef>

#include "agent/control_area.h"

namespace jitterlab {

// How many of `size` bytes a call that reads or writes a descriptor is to ask for: often fewer than all. Drawn from
// (seed, task, number of the transfer) and, under control, the steps of all tasks so far, so that schedules differ and
// the same schedule has the same faults again.
std::size_t shortened(FaultBits fault, int fd, std::size_t size);

// The calling process has set a handler for a signal: from now on it may be sent one that the lab wants it to get.
void signal_may_come(int signal);

// Jitter executions: at every step, sends what is due.
void count_down_to_signals();

}  // namespace jitterlab
