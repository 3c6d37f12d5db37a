// Failures that a search found, explained with the words of the programs' sources.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/explanation.h"
#include "cli/places.h"
#include "run/crew.h"
#include "run/search.h"

namespace jitterlab {

// `passing`: an execution that does not fail and differs little, if one is known; `semaphores`: what the lab calls the
// members of its set. Throws Error when a sandbox fails.
Explanation explained(const Observation& failing, const std::optional<ControlledEnd>& passing,
                      const ProgramSources& sources, const std::vector<std::string>& semaphores = {});

// Looks up the places of `operations`, and of those that called there.
struct PlaceOfOperation {
  Operation operation;
  std::uint64_t callers = 0;  // schedule/callers.h
};
Places places_of(const ControlledEnd& end, const std::vector<PlaceOfOperation>& operations,
                 const ProgramSources& sources);

// The execution in which nobody is preempted, if `judge` has nothing against it: what a replay that fails is compared
// with.
std::optional<ControlledEnd> undisturbed(Crew& crew, const Execution& execution, const Judge& judge);

}  // namespace jitterlab
