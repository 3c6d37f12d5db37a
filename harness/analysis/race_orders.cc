#include "analysis/race_orders.h"

#include "analysis/happens_before.h"

namespace jitterlab {

std::vector<bool> ordered_after_first(const ControlledEnd& end, bool has_outsiders, const Race& race) {
  const auto& events = end.trace.events;
  const auto& notes = end.trace.notes;
  std::vector<bool> result(events.size());
  HappensBefore order(end, has_outsiders);
  auto note = notes.begin();
  const std::size_t first = race.first.event, last = race.second.event;
  std::uint32_t task = 0, time = 0;
  for (std::size_t i = 0; i < last && i < events.size(); ++i) {
    order.begin(i);
    if (i == first) {
      task = order.number(events[i].task);
      time = order.clock(task)[task];
    } else if (i > first && events[i].kind == TraceEvent::Kind::kExecuted) {
      result[i] = order.clock(order.number(events[i].task))[task] >= time;
    }
    for (; note != notes.end() && note->after <= i; ++note) {
      const StepKind kind = note->event.operation.kind;
      const bool is_memory = kind <= StepKind::kWrite || kind == StepKind::kObject || kind == StepKind::kStart;
      if (!is_memory && order.knows(note->event.task)) order.note(note->event);
    }
    order.finish(i);
  }
  return result;
}

bool can_be_tried(const Observation& observation) {
  if (!why_not_analysed(observation).empty() || !observation.interference.empty()) return false;
  const Trace& trace = observation.controlled->trace;
  return !trace.is_cut && trace.before_loops == 0 && observation.limit == Limit::kNone;
}

}  // namespace jitterlab
