// What explains a failure in a program that is alone with its signals: no two tasks touch anything, so that there is no
// order between tasks to tell, but a handler has come between two steps. Pure.
#pragma once

#include <set>

#include "analysis/things.h"

namespace jitterlab {

// Indexes of events: the arrivals of signals that the schedule chose (of all, when it chose none), and around each what
// the same task does to the variable that is written next.
std::set<std::size_t> interruptions(const Trace& trace, const Things& things);

}  // namespace jitterlab
