#include "analysis/races.h"

#include <map>
#include <set>
#include <tuple>

#include "analysis/happens_before.h"
#include "analysis/lab_tasks.h"
#include "analysis/shadow.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostTasks = 512;   // clocks grow with them
constexpr std::size_t kMostRaces = 1000;  // different ones, of one execution

class Search {
 public:
  Search(const ControlledEnd& end, bool has_outsiders) : end_(end), order_(end, has_outsiders) {}

  std::vector<Race> run() {
    const auto& events = end_.trace.events;
    const auto& notes = end_.trace.notes;
    auto note = notes.begin();
    std::size_t created = 0;
    for (std::size_t i = 0; i < events.size() && i < end_.trace.noted_events; ++i) {
      created += events[i].kind == TraceEvent::Kind::kCreated;
      if (created > kMostTasks) break;
      if (events[i].kind == TraceEvent::Kind::kExecuted && !order_.knows(events[i].task)) break;
      order_.begin(i);
      look_at(events[i], i);
      for (; note != notes.end() && note->after <= i; ++note) look_at_note(note->event, i, note - notes.begin());
      order_.finish(i);
    }
    return std::move(races_);
  }

 private:
  void look_at(const TraceEvent& event, std::size_t index) {
    const bool is_access = event.kind == TraceEvent::Kind::kExecuted && event.operation.kind <= StepKind::kAtomic;
    const bool was_made = (event.flags & (TraceEvent::kInterrupted | TraceEvent::kTimedOut)) == 0;
    if (is_access && was_made && (event.effect & kBound) == 0) access(event, index);
  }

  void look_at_note(const TraceEvent& note, std::size_t index, std::ptrdiff_t number) {
    if (!order_.knows(note.task)) return;
    const Operation& operation = note.operation;
    if (operation.kind <= StepKind::kWrite) {
      access(note, index, static_cast<std::uint32_t>(number));
    } else if (operation.kind == StepKind::kObject) {
      shadow_.forget(operation.object, operation.offset, operation.size);
    } else if (operation.kind == StepKind::kStart) {
      shadow_.forget(operation.object);
    } else {
      order_.note(note);
    }
  }

  // Where an access is told in the trace. There may be as many as events, so that no more of them is kept.
  struct Told {
    std::uint32_t event = 0, note = kNoNote;
  };
  static constexpr std::uint32_t kNoNote = ~0u;

  RaceSide side_of(const Told& told) const {
    const Trace& trace = end_.trace;
    const TraceEvent& event = told.note == kNoNote ? trace.events[told.event] : trace.notes[told.note].event;
    RaceSide side{event.task, event.operation, event.operation.kind == StepKind::kAtomic, told.event};
    side.operation.is_write = is_write(event);
    return side;
  }

  static bool is_write(const TraceEvent& event) {
    return event.operation.kind == StepKind::kAtomic ? (event.effect & kLoads) == 0
                                                     : event.operation.kind == StepKind::kWrite;
  }

  void access(const TraceEvent& event, std::size_t index, std::uint32_t note = kNoNote) {
    const Operation& operation = event.operation;
    // Without a number nobody knows whether two of them are the same.
    if (operation.object == 0 || operation.size == 0) return;
    const std::uint32_t task = order_.number(event.task);
    told_.push_back({static_cast<std::uint32_t>(index), note});
    const Access access{task, is_write(event), operation.kind == StepKind::kAtomic,
                        static_cast<std::uint32_t>(told_.size() - 1)};
    // A range of many cells races with the same access in each of them.
    std::uint32_t last = ~0u;
    shadow_.access(operation.object, operation.offset, operation.size, access, order_.clock(task),
                   [&](std::uint32_t earlier) {
                     if (earlier != last) add(side_of(told_[earlier]), side_of(told_.back()));
                     last = earlier;
                   });
  }

  void add(const RaceSide& first, const RaceSide& second) {
    const auto key =
        std::make_tuple(first.operation.place, first.is_write(), second.operation.place, second.is_write());
    const auto [known, is_new] = known_.try_emplace(key, races_.size());
    if (!is_new) {
      if (known->second < races_.size()) ++races_[known->second].times;
    } else if (races_.size() < kMostRaces) {
      races_.push_back({first, second, 1});
    }
  }

  const ControlledEnd& end_;
  HappensBefore order_;
  Shadow shadow_;
  std::vector<Told> told_;
  std::map<std::tuple<std::uint64_t, bool, std::uint64_t, bool>, std::size_t> known_;
  std::vector<Race> races_;
};

}  // namespace

// A program of the lab, or one into which the agent cannot be loaded.
bool has_outsiders(const Observation& observation) {
  std::set<int> controlled;
  for (const auto& [task, instance] : observation.controlled->roots) controlled.insert(instance);
  for (int i = 0; i < static_cast<int>(observation.instances.size()); ++i) {
    if (observation.instances[static_cast<std::size_t>(i)].pid != 0 && controlled.count(i) == 0) return true;
  }
  return false;
}

std::string why_not_analysed(const Observation& observation) {
  if (!observation.controlled) return "only controlled executions tell who did what when";
  const ControlledEnd& end = *observation.controlled;
  if (end.lost != 0) return "control was lost, so that what came before what is not known";
  if (end.used != NotControlled::kNothing) return "the programs use what jitterlab does not control";
  return is_python(end.trace) ? "the memory of programs in Python is not looked at" : "";
}

std::vector<Race> races_in(const Observation& observation) {
  if (!why_not_analysed(observation).empty()) return {};
  std::vector<Race> races = find_races(*observation.controlled, has_outsiders(observation));
  if (races.empty()) return races;
  const LabTasks lab(observation);
  std::erase_if(races, [&](const Race& race) { return lab.has(race.first.task) && lab.has(race.second.task); });
  return races;
}

std::vector<Race> find_races(const ControlledEnd& end, bool has_outsiders) { return Search(end, has_outsiders).run(); }

}  // namespace jitterlab
