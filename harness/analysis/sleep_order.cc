#include "analysis/sleep_order.h"

#include <algorithm>

namespace jitterlab {
namespace {

constexpr std::size_t kMostTold = 3;

}  // namespace

bool is_early_sleep(const TraceEvent& event) {
  return event.kind == TraceEvent::Kind::kExecuted && event.operation.kind == StepKind::kSleep &&
         (event.flags & TraceEvent::kTimedOut) != 0 && event.choice.count > 1;
}

bool has_early_sleep(const Observation& observation) {
  if (!observation.controlled) return false;
  const std::vector<TraceEvent>& events = observation.controlled->trace.events;
  return std::any_of(events.begin(), events.end(), is_early_sleep);
}

void SleepOrder::add(bool may_end_early, const std::set<std::string>& failures) {
  ++(may_end_early ? early_ : others_);
  for (const std::string& failure : failures) {
    if (may_end_early)
      ++failed_early_[failure];
    else
      failed_otherwise_.insert(failure);
  }
}

std::optional<Found> SleepOrder::told(const std::string& failure, const Observation& failing) const {
  const auto failed = failed_early_.find(failure);
  if (failed == failed_early_.end() || failed->second < kEnough || others_ < kEnoughOthers) return std::nullopt;
  if (failed_otherwise_.count(failure) > 0 || !failing.controlled) return std::nullopt;
  Found found{kSleepOrders,
              "this failure, `" + failure + "`, came in " + std::to_string(failed->second) + " of " +
                  std::to_string(early_) +
                  " schedules in which a sleep may end before others have got on, and in none of " +
                  std::to_string(others_) + " others: a sleep orders nothing",
              {}};
  std::set<std::uint64_t> places;
  for (const TraceEvent& event : failing.controlled->trace.events) {
    if (!is_early_sleep(event) || found.steps.size() == kMostTold || !places.insert(event.operation.place).second)
      continue;
    found.steps.push_back({event.task, "sleeps, and others have not got on when it ends", event.operation});
  }
  if (found.steps.empty()) return std::nullopt;
  // Their places are the interpreter's own.
  if (is_python(failing.controlled->trace)) found.steps.clear();
  return found;
}

}  // namespace jitterlab
