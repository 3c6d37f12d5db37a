// What is wrong with an observation whatever the program was meant to do: for `explore`, which has no lab file. Pure.
#pragma once

#include <set>
#include <string>

#include "run/observation.h"

namespace jitterlab {

// "deadlock", "livelock", "killed by signal 11 (…)", "exit 1", each with the name of the program in front when there
// are several; "process main.2 crashed: SIGSEGV" of a child, whatever its parent makes of it, while its exit status is
// its own business. A program that was sent SIGTERM by us may end by it. Nothing is said of an execution in which
// control was lost, or of one that a limit of ours ended.
std::set<std::string> troubles(const Observation& observation);

// Control was lost (in what, is named where it is known), a limit was reached, or the programs interfered: why nothing
// can be said. Empty: it can.
std::string why_not_judged(const Observation& observation);

}  // namespace jitterlab
