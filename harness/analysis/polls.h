// Tasks that ask again and again, in one execution, in place of waiting until they are woken. Two ways are certain:
//
//   tries   a semaphore or a lock was not to be had, and the next thing its task does, but for sleeping and looking, is
//           to try the same one at the same place again
//   looks   a task looks at memory and sleeps, or asks for the value of a semaphore, and does nothing else, until at
//           the same place it finds something else, which another task has changed
//
// One that gives something back between two tries is none. As a loop may try once more only for a limited time, this
// tells less than busy_waiting.h: it is no proof that the loop goes on for ever.
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

// Of the kind kBusyWaiting (busy_waiting.h), each place once. None where why_not_analysed() (races.h) says something.
std::vector<Found> polls_in(const Observation& observation);

}  // namespace jitterlab
