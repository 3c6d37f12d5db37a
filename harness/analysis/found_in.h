// All that analysis finds in one execution besides races, lock orders and what is left behind.
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

std::vector<Found> found_in(const Observation& observation);

}  // namespace jitterlab
