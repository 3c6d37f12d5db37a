// What an execution left behind, with who made it and where: the makers are looked for in its trace.
#pragma once

#include <string>
#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

// "segment", "POSIX message queue"
std::string word_for(LeftKind kind);

// One for each of Observation::left_behind, in their order.
std::vector<Found> left_behind_in(const Observation& observation);

}  // namespace jitterlab
