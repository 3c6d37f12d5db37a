// Whether a condition of a scenario holds now.
#pragma once

#include <string>

#include "lab/lab.h"
#include "run/observation.h"
#include "sandbox/box.h"

namespace jitterlab {

// What a condition can be asked of. `resting`: box init said that everyone rests, and nothing has happened since.
struct World {
  Box& box;
  const Observation& observation;
  bool resting = false;
};

bool holds(const Condition& condition, const World& world);

// True when only asking again can tell: no event says that the answer has changed.
bool needs_asking(const Condition& condition);

}  // namespace jitterlab
