#include "analysis/busy_waiting.h"

#include <map>
#include <set>
#include <tuple>

#include "analysis/lab_tasks.h"
#include "analysis/races.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

using Look = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;  // place, object, offset

bool is_executed(const TraceEvent& event) { return event.kind == TraceEvent::Kind::kExecuted; }

Look look_of(const Operation& operation) { return {operation.place, operation.object, operation.offset}; }

bool is_look(const TraceEvent& event) {
  return event.operation.kind == StepKind::kRead || event.operation.kind == StepKind::kAtomic;
}

bool overlaps(const Operation& one, const Operation& other) {
  return one.object == other.object && one.offset < other.offset + other.size && other.offset < one.offset + one.size;
}

class Loops {
 public:
  explicit Loops(const Trace& trace) : events_(trace.events), notes_(trace.notes) {}

  std::vector<Found> run() {
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const TraceEvent& event = events_[i];
      if (is_executed(event) && is_look(event) && (event.effect & kOnlyWaits) != 0) look_at(i);
    }
    return std::move(found_);
  }

 private:
  // What the round before `last` saw; empty: there is none.
  std::map<Look, std::uint64_t> round_before(std::size_t last) const {
    std::map<Look, std::uint64_t> seen;
    for (std::size_t i = last; i-- > 0;) {
      const TraceEvent& event = events_[i];
      if (event.task != events_[last].task || !is_executed(event) || event.operation.kind == StepKind::kSleep) continue;
      if (!is_look(event)) return {};
      seen.try_emplace(look_of(event.operation), event.value);
      if (look_of(event.operation) == look_of(events_[last].operation)) return seen;
    }
    return {};
  }

  // Finds the look that saw something else.
  void look_at(std::size_t first) {
    const std::map<Look, std::uint64_t> round = round_before(first);
    for (std::size_t i = first; !round.empty() && i < events_.size(); ++i) {
      const TraceEvent& event = events_[i];
      if (event.task != events_[first].task || !is_executed(event) || event.operation.kind == StepKind::kSleep)
        continue;
      const auto known = round.find(look_of(event.operation));
      if (known == round.end() || !is_look(event)) return;
      if (known->second != event.value) return add(i);
    }
  }

  // The last write of another task to what event `look` reads; null: not known.
  const TraceEvent* change_before(std::size_t look) const {
    const Operation& wanted = events_[look].operation;
    const auto is_change = [&](const TraceEvent& event) {
      const Operation& operation = event.operation;
      if (event.task == events_[look].task || !operation.is_write || !overlaps(operation, wanted)) return false;
      const bool is_alike = operation.offset == wanted.offset && operation.size == wanted.size;
      // It found what the look saw: a failed compare-and-exchange, or the same value once more.
      if (is_executed(event) && is_alike && event.value == events_[look].value) return false;
      return operation.kind == StepKind::kWrite || operation.kind == StepKind::kAtomic;
    };
    auto note = notes_.end();
    for (std::size_t i = look; i-- > 0;) {
      for (; note != notes_.begin() && std::prev(note)->after >= i; --note) {
        if (std::prev(note)->after < look && is_change(std::prev(note)->event)) return &std::prev(note)->event;
      }
      if (is_executed(events_[i]) && (events_[i].effect & kBound) == 0 && is_change(events_[i])) return &events_[i];
    }
    return nullptr;
  }

  void add(std::size_t look) {
    const TraceEvent& event = events_[look];
    const TraceEvent* change = change_before(look);
    if (change == nullptr || !told_.insert(event.operation.place).second) return;
    found_.push_back({kBusyWaiting,
                      kReadingLoop,
                      {{event.task, "goes round and reads", event.operation, true},
                       {change->task, "ends it by writing", change->operation, true, true}}});
  }

  const std::vector<TraceEvent>& events_;
  const std::vector<TraceNote>& notes_;
  std::vector<Found> found_;
  std::set<std::uint64_t> told_;
};

}  // namespace

std::vector<Found> busy_waiting_in(const Observation& observation) {
  if (!why_not_analysed(observation).empty()) return {};
  return of_the_submission(observation, Loops(observation.controlled->trace).run(), BlamedStep::kFirst);
}

}  // namespace jitterlab
