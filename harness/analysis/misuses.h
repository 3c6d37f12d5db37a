// System V calls that a program cannot mean, found in the trace of one execution. Each is certain there; what is only
// likely is not told.
//
//   value-set-again    SETVAL, SETALL or sem_init of a semaphore that another task has used, where nothing but the luck
//                      of this execution put the one before the other (happens_before.h)
//   outside-segment    an access beyond the size that the segment was made with: no fault as long as the page goes on
//   failed-call-used   semop, msgsnd or msgrcv on -1, which semget or msgget had returned
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

// None where why_not_analysed() (races.h) says something.
std::vector<Found> misuses_in(const Observation& observation);

}  // namespace jitterlab
