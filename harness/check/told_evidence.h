// What analysis found in a grading, told where it costs points: in what the check that forbids it has seen.
#pragma once

#include "check/finding.h"
#include "lab/lab.h"

namespace jitterlab {

// Grade::races, Grade::found and Grade::findings must be there. Adds to Answer::seen of each failed check what it
// forbids of what was found in its scenario, each once, and enters the check in ScenarioRace::check.
void tell_evidence_in_checks(Grade& grade, const Lab& lab);

}  // namespace jitterlab
