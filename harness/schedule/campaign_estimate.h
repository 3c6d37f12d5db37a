// How large an exhaustive exploration would become, guessed from one execution. Harness side, pure.
#pragma once

#include <vector>

#include "schedule/strategy.h"

namespace jitterlab {

// About how many schedules with at most `bound` preemptions there are, if all of them offer choices like these, after
// Knuth: "Estimating the Efficiency of Backtrack Programs" (Mathematics of Computation 1975). `choices` are those of
// any execution. One by a random strategy has more of them than one that runs to block, as more tasks are under way at
// a time, and makes the guess rather too high.
double estimated_schedules(const std::vector<Choice>& choices, int bound);

}  // namespace jitterlab
