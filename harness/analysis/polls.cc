#include "analysis/polls.h"

#include <array>
#include <map>
#include <set>

#include "analysis/busy_waiting.h"
#include "analysis/lab_tasks.h"
#include "analysis/races.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

bool is_pause(const TraceEvent& event) { return event.operation.kind == StepKind::kSleep; }

// A yield does not wait for a deadline.
bool is_sleep(const TraceEvent& event) { return is_pause(event) && (event.flags & TraceEvent::kTimed) != 0; }

bool is_failed_try(const TraceEvent& event) {
  if ((event.flags & (TraceEvent::kTimed | TraceEvent::kInterrupted)) != 0 || (event.effect & kWaited) != 0)
    return false;
  switch (event.operation.call) {
    case Call::kSemop:
    case Call::kMutexTryLock:
    case Call::kReadTryLock:
    case Call::kWriteTryLock:
      return event.value == kFailedCall;
    case Call::kSemaphoreTryWait:
      return event.value == 0;
    default:
      return false;
  }
}

// The try before was the beginning of a wait.
bool is_sleeping_wait(const TraceEvent& event) {
  return event.operation.call == Call::kMutexAsleep || event.operation.call == Call::kSemaphoreAsleep;
}

bool asks_for_value(const TraceEvent& event) {
  return event.operation.call == Call::kSemaphoresControl && event.operation.kind == StepKind::kOther;
}

bool is_look(const TraceEvent& event) {
  if (asks_for_value(event)) return true;
  const StepKind kind = event.operation.kind;
  return kind == StepKind::kRead || (kind == StepKind::kAtomic && (event.effect & kLoads) != 0);
}

bool is_same(const Operation& one, const Operation& other) {
  return one.place == other.place && one.object == other.object && one.offset == other.offset;
}

bool may_change(const TraceEvent& event, const Operation& looked) {
  const Operation& operation = event.operation;
  if (event.kind != TraceEvent::Kind::kExecuted || !operation.is_write || operation.object != looked.object)
    return false;
  if (looked.size == 0 || operation.size == 0) return true;
  return operation.offset < looked.offset + looked.size && looked.offset < operation.offset + operation.size;
}

// What one task has looked at and tried since it last did something else.
class Rounds {
 public:
  // The earlier event of which event `index` is another round; kNone: it is of none.
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t take(const std::vector<TraceEvent>& events, std::size_t index) {
    const TraceEvent& event = events[index];
    if (is_pause(event)) {
      for (Seen& seen : seen_) seen.has_slept |= is_sleep(event);
      return kNone;
    }
    if (is_sleeping_wait(event)) return forget(kNone);
    const bool fails = is_failed_try(event);
    Seen* known = find(events, event.operation);
    if (known != nullptr && known->has_failed) return forget(known->index);
    if (!fails && !is_look(event)) return forget(kNone);
    if (known == nullptr) {
      seen_[next_++ % seen_.size()] = {.index = index, .has_failed = fails};
      return kNone;
    }
    const bool has_changed = event.value != events[known->index].value;
    if (has_changed && (known->has_waited || known->has_slept)) return forget(known->index);
    known->has_waited |= !has_changed && (known->has_slept || asks_for_value(event));
    known->has_slept = false;
    known->index = index;
    return kNone;
  }

 private:
  struct Seen {
    std::size_t index = kNone;
    bool has_failed = false;  // a try; else a look
    bool has_slept = false;   // since then
    bool has_waited = false;  // it found the same before, having slept or asked the kernel
  };

  Seen* find(const std::vector<TraceEvent>& events, const Operation& operation) {
    for (Seen& seen : seen_) {
      if (seen.index != kNone && is_same(events[seen.index].operation, operation)) return &seen;
    }
    return nullptr;
  }
  std::size_t forget(std::size_t result) {
    *this = Rounds();
    return result;
  }

  std::array<Seen, 8> seen_;  // a loop of more is not noticed
  std::size_t next_ = 0;
};

// The last of another task before `index` that may have changed what is looked at there; null: there is none.
const TraceEvent* change_before(const std::vector<TraceEvent>& events, std::size_t index) {
  for (std::size_t i = index; i-- > 0;) {
    if (may_change(events[i], events[index].operation))
      return events[i].task == events[index].task ? nullptr : &events[i];
  }
  return nullptr;
}

Found another_try(const TraceEvent& first, const TraceEvent& again) {
  return {kBusyWaiting,
          "somebody who did not get it tries again and again, in place of waiting until it is given",
          {{first.task, "does not get", first.operation, true}, {again.task, "tries again", again.operation}}};
}

Found another_look(const TraceEvent& look, const TraceEvent& change) {
  return {kBusyWaiting,
          "somebody looks again and again, in place of waiting until it has changed",
          {{look.task, "looks again and again at", look.operation, true},
           {change.task, "changes it", change.operation, true, true}}};
}

}  // namespace

std::vector<Found> polls_in(const Observation& observation) {
  if (!why_not_analysed(observation).empty()) return {};
  const std::vector<TraceEvent>& events = observation.controlled->trace.events;
  std::map<TaskId, Rounds> tasks;
  std::set<std::uint64_t> told;
  std::vector<Found> found;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind != TraceEvent::Kind::kExecuted) continue;
    const std::size_t first = tasks[events[i].task].take(events, i);
    if (first == Rounds::kNone || told.count(events[i].operation.place) != 0) continue;
    if (is_look(events[first])) {
      const TraceEvent* change = change_before(events, i);
      if (change == nullptr) continue;
      found.push_back(another_look(events[i], *change));
    } else {
      found.push_back(another_try(events[first], events[i]));
    }
    told.insert(events[i].operation.place);
  }
  return of_the_submission(observation, std::move(found), BlamedStep::kFirst);
}

}  // namespace jitterlab
