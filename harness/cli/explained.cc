#include "cli/explained.h"

#include "cli/saved_observation.h"
#include "cli/tokens.h"

namespace jitterlab {

std::optional<ControlledEnd> undisturbed(Crew& crew, const Execution& execution, const Judge& judge) {
  Schedule schedule;
  schedule.kind = StrategyKind::kReplay;
  schedule.exact = false;
  const Observation observation = crew.run(execution, {schedule}).at(0);
  const bool is_whole = observation.controlled && !observation.controlled->trace.is_cut;
  return is_whole && judge(observation).empty() ? observation.controlled : std::nullopt;
}

Explanation explained(const Observation& failing, const std::optional<ControlledEnd>& passing,
                      const ProgramSources& sources, const std::vector<std::string>& semaphores) {
  return analysed(with_places(failing, passing, sources, semaphores)).explanation;
}

Story every_step(const Observation& observation, const ProgramSources& sources,
                 const std::vector<std::string>& semaphores) {
  return every_step_of(with_places(observation, std::nullopt, sources, semaphores), kMostStepsShown);
}

}  // namespace jitterlab
