#include "cli/explained.h"

#include "schedule/callers.h"

namespace jitterlab {
namespace {

void ask(PlaceQuestions& questions, const ControlledEnd& end, const Operation& operation, std::uint64_t callers) {
  questions.add(end, operation);
  for (const std::uint64_t place : {caller_of(operation.place, callers), second_caller_of(operation.place, callers)}) {
    if (place != 0) questions.add(end, Operation{.place = place});
  }
}

void ask(PlaceQuestions& questions, const ControlledEnd& end, const Trace& trace) {
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted) ask(questions, end, event.operation, event.parent);
  }
}

}  // namespace

Places places_of(const ControlledEnd& end, const std::vector<PlaceOfOperation>& operations,
                 const ProgramSources& sources) {
  PlaceQuestions questions;
  for (const PlaceOfOperation& one : operations) ask(questions, end, one.operation, one.callers);
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
  if (!failing.controlled) return {};
  const ControlledEnd& end = *failing.controlled;
  const std::optional<Trace> other = passing ? std::optional(aligned(*passing, end)) : std::nullopt;
  PlaceQuestions questions;
  ask(questions, end, end.trace);
  for (const WaitingTask& task : end.waiting) ask(questions, end, task.operation, task.callers);
  if (other) ask(questions, end, *other);
  const Places places = look_up(questions, sources);
  SourceNames names;
  names.line_of = [&](std::uint64_t place) {
    const CodePlace code = places.code(end, place);
    return SourceLine{code.file, code.line, code.function};
  };
  names.variable_of = [&](const Operation& operation) { return places.data(end, operation); };
  return explain(failing, other ? &*other : nullptr, names, semaphores);
}

}  // namespace jitterlab
