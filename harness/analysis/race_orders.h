// A race -> what is needed to try it the other way round (schedule/both_orders.h). Pure.
#pragma once

#include <vector>

#include "analysis/races.h"

namespace jitterlab {

// Of each event between the two accesses of a race: whether something orders it after the first of them, so that it
// cannot come before that. False for all others.
std::vector<bool> ordered_after_first(const ControlledEnd& end, bool has_outsiders, const Race& race);

// Whether an execution can be a beginning: all of it is known, and it came to an end by itself.
bool can_be_tried(const Observation& observation);

}  // namespace jitterlab
