// The steps of an execution in another order -> the switches that bring it about, for a loose replay. Harness side,
// pure.
#pragma once

#include <cstddef>
#include <vector>

#include "schedule/trace.h"

namespace jitterlab {

// `steps`: indices in Trace::events of what was executed; those of a task in their order. After the last `then` goes
// on, until it blocks; 0: as the base policy has it.
std::vector<Switch> switches_of(const Trace& trace, const std::vector<std::size_t>& steps, TaskId then = 0);

}  // namespace jitterlab
