// A cycle of locks (lock_orders.h) -> orders of the same steps that lead into it. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "analysis/lock_orders.h"

namespace jitterlab {

// Indices in Trace::events, in orders each of which ends where every task of the cycle holds its lock and is about to
// ask for the next. None where something other than locks orders their steps so that they cannot meet: creating,
// waiting, a message (happens_before.h). None for a trace that is too long. `has_outsiders`: see races.h.
std::vector<std::vector<std::size_t>> ways_into(const ControlledEnd& end, bool has_outsiders, const LockCycle& cycle);

}  // namespace jitterlab
