// The races of a grading, told where they cost points: in what the check that forbids them has seen.
#pragma once

#include "check/finding.h"
#include "lab/lab.h"

namespace jitterlab {

// Grade::races and Grade::findings must be there. Adds to Answer::seen of each failed check that forbids races those of
// its scenario, each once, and enters the check in ScenarioRace::check.
void tell_races_in_checks(Grade& grade, const Lab& lab);

}  // namespace jitterlab
