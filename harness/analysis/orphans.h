// Processes that go on when the first one of their program has ended by itself: nobody waited for them, and whoever
// started the program takes it for done. One that has nothing left to do but to clean up and to end is none, and one
// that never ends is left behind (left_behind.h).
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

inline constexpr char kOrphan[] = "orphan";

// One of each program. None where the execution was not controlled to its end, or came to rest that it should not have
// come to.
std::vector<Found> orphans_in(const Observation& observation);

}  // namespace jitterlab
