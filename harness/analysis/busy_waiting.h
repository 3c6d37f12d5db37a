// Tasks that wait by looking again and again, in one execution: a loop that does nothing but read, whose task came back
// to the same state, registers, stack and data (the agent has looked: kOnlyWaits), and which ended when another task
// changed what it reads. A loop that counts its looks or looks at the
// clock is none. What tries, or sleeps between its looks, is for polls.h.
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

inline constexpr char kBusyWaiting[] = "busy-waiting";
inline constexpr char kReadingLoop[] = "a loop waits for a change by doing nothing but reading, again and again";

// None where why_not_analysed() (races.h) says something.
std::vector<Found> busy_waiting_in(const Observation& observation);

}  // namespace jitterlab
