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

// Steps of any execution, failing or not, for a person who follows it; empty for a program in Python.
Story every_step(const Observation& observation, const ProgramSources& sources,
                 const std::vector<std::string>& semaphores = {});

// The execution in which nobody is preempted, if `judge` has nothing against it: what a replay that fails is compared
// with.
std::optional<ControlledEnd> undisturbed(Crew& crew, const Execution& execution, const Judge& judge);

}  // namespace jitterlab
