#include "schedule/both_orders.h"

#include <optional>

#include "schedule/switches_of.h"

namespace jitterlab {
namespace {

bool is_step(const TraceEvent& event) { return event.kind == TraceEvent::Kind::kExecuted; }

}  // namespace

BothOrders both_orders(const Trace& trace, std::size_t first, std::size_t second, const std::vector<bool>& is_after,
                       Onward onward) {
  std::vector<std::size_t> before, after;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    if (!is_step(trace.events[i]) || i == first || i == second) continue;
    const bool is_before = i < first || (i < second && !is_after[i]);
    (is_before ? before : after).push_back(i);
  }
  const bool is_as_seen = onward == Onward::kAsSeen;
  const TaskId then = is_as_seen ? 0 : trace.events[onward == Onward::kFirst ? first : second].task;
  const auto written = [&](std::size_t one, std::size_t other) {
    std::vector<std::size_t> steps = before;
    steps.insert(steps.end(), {one, other});
    if (is_as_seen) steps.insert(steps.end(), after.begin(), after.end());
    return switches_of(trace, steps, then);
  };
  return {written(first, second), written(second, first)};
}

StepOf step_of(const Trace& trace, std::size_t index) {
  StepOf result{trace.events[index].task, 0, trace.events[index].operation};
  for (std::size_t i = 0; i <= index; ++i)
    result.number += is_step(trace.events[i]) && trace.events[i].task == result.task;
  return result;
}

namespace {

// Where it was made; objects may have other numbers there.
std::optional<std::size_t> index_of(const Trace& trace, const StepOf& step) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    if (!is_step(event) || event.task != step.task || ++number < step.number) continue;
    const Operation &made = event.operation, &wanted = step.operation;
    const bool is_same = made.kind == wanted.kind && made.place == wanted.place && made.offset == wanted.offset;
    return is_same ? std::optional(i) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool comes_first(const Trace& trace, const StepOf& one, const StepOf& other) {
  const auto first = index_of(trace, one), second = index_of(trace, other);
  return first && second && *first < *second;
}

}  // namespace jitterlab
