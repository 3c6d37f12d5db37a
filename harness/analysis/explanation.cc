#include "analysis/explanation.h"

#include <algorithm>

#include "analysis/python_story.h"
#include "analysis/step_words.h"
#include "analysis/wait_graph.h"
#include "schedule/place.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostParts = 8;  // of a loop

// "child 1 goes round: tries to lock left: taken (line 12), sleeps (line 14)", for each task that does so at the end.
std::vector<std::string> tell_loops(const ControlledEnd& end, const TaskList& tasks, const Things& things,
                                    const Sites& sites) {
  std::vector<std::string> lines;
  for (const WaitingTask& waiting : end.waiting) {
    if (waiting.waits_for != WaitsFor::kLoop) continue;
    std::vector<std::string> parts;
    for (std::size_t i = end.trace.before_loops; i < end.trace.events.size(); ++i) {
      const TraceEvent& event = end.trace.events[i];
      if (event.task != waiting.id || event.kind != TraceEvent::Kind::kExecuted) continue;
      const SourceLine line = sites.of(event);
      std::string part = step_words(event, things.of(event.operation), things, tasks, std::nullopt);
      if (line.is_known()) part += " (line " + std::to_string(line.line) + ")";
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
    }
    std::string text = tasks.name(waiting.id) + " goes round";
    for (std::size_t i = 0; i < std::min(parts.size(), kMostParts); ++i) text += (i == 0 ? ": " : ", ") + parts[i];
    lines.push_back(text + (parts.size() > kMostParts ? ", …" : ""));
  }
  return lines;
}

// By what they stand for. What has no name of its own, or is not in `one`, keeps its number.
std::uint64_t same_object(std::uint64_t object, const ControlledEnd& other, const ControlledEnd& one) {
  if (object >= other.objects.size()) return object;
  const NamedThing& thing = other.objects[object];
  if (thing.kind == NamedKind::kUnknown || thing.kind == NamedKind::kMapping) return object;
  for (std::size_t i = 0; i < one.objects.size(); ++i) {
    const NamedThing& there = one.objects[i];
    if (there.kind == thing.kind && there.a == thing.a && there.b == thing.b) return i;
  }
  return object;
}

std::uint64_t same_place(std::uint64_t place, const ControlledEnd& other, const ControlledEnd& one) {
  const int program = program_of_place(place);
  if (program < 0 || program >= static_cast<int>(other.programs.size())) return place;
  for (std::size_t i = 0; i < one.programs.size(); ++i) {
    if (one.programs[i].path == other.programs[static_cast<std::size_t>(program)].path)
      return make_place(static_cast<int>(i), address_of_place(place));
  }
  return place;
}

// Of programs in Python: processes take semaphores in steps, and who has one is known. Threads mostly take and give
// theirs without; such deadlocks are kUnknown.
Deadlock deadlock_of_processes(const ControlledEnd& end, const TaskList& tasks, const SourceNames& names) {
  const Things things(end, SourceNames{});
  const WaitGraph graph(end, tasks, things, nullptr);
  Deadlock deadlock = explain_deadlock(end, tasks, things, Sites(names), nullptr);
  const bool is_known = std::all_of(deadlock.at_fault.begin(), deadlock.at_fault.end(), [&](TaskId id) {
    const WaitNode* node = graph.find(id);
    const std::uint64_t object = node->thing.object;
    const bool is_private = object >= end.objects.size() || end.objects[object].kind == NamedKind::kPrivate;
    return node->thing.kind == ThingKind::kPosixSemaphore && node->holder() != nullptr && !is_private;
  });
  return is_known ? deadlock : Deadlock{};
}

}  // namespace

Trace aligned(const ControlledEnd& other, const ControlledEnd& one) {
  Trace trace = other.trace;
  for (TraceEvent& event : trace.events) {
    event.operation.object = same_object(event.operation.object, other, one);
    event.operation.place = same_place(event.operation.place, other, one);
  }
  return trace;
}

DeadlockKind kind_of_deadlock(const Observation& observation) {
  if (!observation.came_to_rest || !observation.controlled || is_python(observation.controlled->trace))
    return DeadlockKind::kUnknown;
  const ControlledEnd& end = *observation.controlled;
  const SourceNames nameless;
  Sites sites(nameless);
  return explain_deadlock(end, TaskList(observation), Things(end, nameless), sites, nullptr).kind;
}

Explanation explain(const Observation& failing, const Trace* passing, const SourceNames& names,
                    const std::vector<std::string>& semaphores, const StoryAim& aim) {
  Explanation explanation;
  if (!failing.controlled) return explanation;
  const ControlledEnd& end = *failing.controlled;
  const TaskList tasks(failing);
  if (is_python(end.trace)) {
    explanation.story = tell_python_story(end, tasks, names, passing);
    if (!failing.came_to_rest || is_livelock(failing)) return explanation;
    Deadlock deadlock = deadlock_of_processes(end, tasks, names);
    explanation.deadlock =
        deadlock.kind == DeadlockKind::kCircularWait ? std::move(deadlock) : python_deadlock(end, tasks, names);
    return explanation;
  }
  const Things things(end, names, semaphores);
  Sites sites(names);
  sites.add(end.trace);
  sites.add(end.waiting);
  if (passing != nullptr) sites.add(*passing);
  if (failing.came_to_rest) explanation.deadlock = explain_deadlock(end, tasks, things, sites, passing);
  explanation.story =
      tell_story(end, tasks, things, sites, passing, explanation.deadlock ? &*explanation.deadlock : nullptr, aim);
  if (failing.came_to_rest) explanation.loops = tell_loops(end, tasks, things, sites);
  if (explanation.story.is_only_the_last) return explanation;
  explanation.beside = tell_beside(explanation.story, {end.trace, tasks, things, sites}, passing,
                                   explanation.deadlock ? &*explanation.deadlock : nullptr);
  return explanation;
}

Story every_step(const Observation& observation, const SourceNames& names, const std::vector<std::string>& semaphores,
                 std::size_t most) {
  if (!observation.controlled || is_python(observation.controlled->trace)) return {};
  const ControlledEnd& end = *observation.controlled;
  Sites sites(names);
  sites.add(end.trace);
  return tell_every_step(end, TaskList(observation), Things(end, names, semaphores), sites, most);
}

}  // namespace jitterlab
