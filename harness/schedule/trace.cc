#include "schedule/trace.h"

#include <algorithm>

#include "schedule/effect.h"
#include "schedule/mix.h"
#include "schedule/python_place.h"

namespace jitterlab {
namespace {

using Kind = TraceEvent::Kind;
using What = Difference::What;

std::optional<What> difference(const TraceEvent& one, const TraceEvent& other) {
  const Operation &a = one.operation, &b = other.operation;
  if (one.task != other.task) return What::kTask;
  if (one.kind != other.kind) return What::kKind;
  if (one.kind == Kind::kCreated) return one.parent == other.parent ? std::nullopt : std::optional(What::kTask);
  if (a.kind != b.kind || a.is_write != b.is_write) return What::kKind;
  if (a.object != b.object) return What::kObject;
  if (a.offset != b.offset || a.size != b.size) return What::kPart;
  if (one.flags != other.flags) return What::kResult;
  return std::nullopt;
}

// Of what difference() compares.
std::uint64_t hash_of(const TraceEvent& event) {
  if (event.kind == Kind::kCreated) return mix(event.task, event.parent);
  const Operation& operation = event.operation;
  const std::uint64_t small = std::uint64_t{operation.size} << 32 | std::uint64_t{event.flags} << 16 |
                              std::uint64_t{operation.is_write} << 8 | static_cast<std::uint64_t>(operation.kind);
  return mix(event.task, small, operation.object, operation.offset);
}

std::optional<Difference::Side> side(const Trace& trace, std::size_t index) {
  if (index >= trace.events.size()) return std::nullopt;
  Difference::Side result{trace.events[index]};
  int number = 0;
  for (std::size_t i = 0; i <= index; ++i) {
    if (trace.events[i].kind != Kind::kCreated) continue;
    if (trace.events[i].task == result.event.task && result.number < 0) result.number = number;
    ++number;
  }
  return result;
}

// A look waits for nothing by itself.
bool was_held_up(const TraceEvent& event) {
  const StepKind kind = event.operation.kind;
  return (kind == StepKind::kRead || kind == StepKind::kAtomic) && (event.effect & kWaited) != 0;
}

}  // namespace

std::vector<Choice> choices_of(const Trace& trace) {
  std::vector<Choice> result;
  for (const TraceEvent& event : trace.events) {
    if (event.kind == Kind::kExecuted && event.choice.count > 1) result.push_back(event.choice);
  }
  return result;
}

bool is_python(const Trace& trace) {
  return std::any_of(trace.events.begin(), trace.events.end(),
                     [](const TraceEvent& event) { return is_python_place(event.operation.place); });
}

Recording recording_of(const Trace& trace) {
  Recorder recorder;
  const std::size_t most = trace.before_loops != 0 ? trace.before_loops : trace.events.size();
  for (std::size_t i = 0; i < most && i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    if (event.kind == Kind::kCreated) {
      recorder.task_created(event.task);
    } else {
      recorder.executed(event.task, event.choice);
    }
  }
  return recorder.recording();
}

bool depends_on_time(const Trace& trace) {
  return std::any_of(trace.events.begin(), trace.events.end(), [](const TraceEvent& event) {
    if (event.kind != Kind::kExecuted) return false;
    const std::uint8_t timed = event.flags & (TraceEvent::kTimed | TraceEvent::kTimedOut);
    return event.operation.kind == StepKind::kSleep || timed != 0 || was_held_up(event);
  });
}

std::uint64_t schedule_hash(const Trace& trace) {
  std::uint64_t result = 0;
  for (const TraceEvent& event : trace.events)
    result = mix(result, hash_of(event), static_cast<std::uint64_t>(event.kind));
  return result;
}

std::optional<Difference> first_difference(const Trace& one, const Trace& other) {
  const std::size_t both = std::min(one.events.size(), other.events.size());
  Difference result;
  for (; result.index < both; ++result.index) {
    const auto what = difference(one.events[result.index], other.events[result.index]);
    if (what) {
      result.what = *what;
      break;
    }
    result.step += one.events[result.index].kind == Kind::kExecuted;
  }
  if (result.index == one.events.size() && result.index == other.events.size()) return std::nullopt;
  result.one = side(one, result.index);
  result.other = side(other, result.index);
  return result;
}

}  // namespace jitterlab
