// From which step on a failure could no longer be avoided: what Lotto calls its inflection point. By bisection, and
// with each task that is there going on first, until it blocks, in place of random continuations. Harness side, pure:
// what avoids the failure is asked of the caller.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "schedule/trace.h"

namespace jitterlab {

struct PointOfNoReturn {
  std::size_t step = 0;  // once so many steps of the failing execution were carried out, from 1
  int ways = 0;          // to go on from there were tried, and all failed
};

// Carries out a loose replay: whether it does not fail in this way.
using Avoids = std::function<bool(const std::vector<Switch>&)>;

// Nothing when it could not be avoided from the start on, or not within so many executions.
std::optional<PointOfNoReturn> point_of_no_return(const Trace& failing, const Avoids& avoids, int most_tries);

}  // namespace jitterlab
