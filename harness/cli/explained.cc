#include "cli/explained.h"

#include "cli/saved_observation.h"
#include "schedule/callers.h"

namespace jitterlab {

Places places_of(const ControlledEnd& end, const std::vector<PlaceOfOperation>& operations,
                 const ProgramSources& sources) {
  PlaceQuestions questions;
  for (const PlaceOfOperation& one : operations) {
    const std::uint64_t place = one.operation.place;
    questions.add(end, one.operation);
    for (const std::uint64_t at : {caller_of(place, one.callers), second_caller_of(place, one.callers)}) {
      if (at != 0) questions.add(end, Operation{.place = at});
    }
  }
  return look_up(questions, sources);
}

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

}  // namespace jitterlab
