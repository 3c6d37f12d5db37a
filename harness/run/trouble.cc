#include "run/trouble.h"

#include <signal.h>

#include <algorithm>
#include <cstring>

#include "schedule/task_names.h"

namespace jitterlab {

std::string why_not_judged(const Observation& observation) {
  if (!observation.interference.empty()) return observation.interference;
  if (observation.limit == Limit::kWall) return "it did not end within its time limit";
  if (observation.limit == Limit::kMemory) return "it used more memory than it may";
  if (observation.limit == Limit::kOutput) return "it wrote more than it may";
  if (observation.limit == Limit::kSteps && !observation.controlled->stopped_by_tasks)
    return "it took more steps than are followed, and may still have come to an end";
  if (observation.controlled && observation.controlled->stopped_by_tasks)
    return "it had more than 64 processes and threads at a time";
  const bool lost = observation.controlled && observation.controlled->lost > 0;
  if (lost && observation.came_to_rest) return "it hangs, after waiting in a call that jitterlab does not control";
  return "";
}

namespace {

// Those of children: whoever started the program sees how its first process ends.
void add_crashed(const ControlledEnd& end, std::set<std::string>& found) {
  if (end.crashed.empty()) return;
  const TaskNames names(end.trace);
  for (const CrashedProcess& crashed : end.crashed) {
    const bool is_child = std::any_of(end.trace.events.begin(), end.trace.events.end(), [&](const TraceEvent& event) {
      return event.kind == TraceEvent::Kind::kCreated && event.task == crashed.task && event.parent != 0;
    });
    const char* signal = ::sigabbrev_np(crashed.signal);
    if (is_child && signal != nullptr) found.insert("process " + names.of(crashed.task) + " crashed: SIG" + signal);
  }
}

}  // namespace

std::set<std::string> troubles(const Observation& observation) {
  if (!why_not_judged(observation).empty()) return {};
  std::set<std::string> found;
  if (observation.came_to_rest) found.insert(is_livelock(observation) ? "livelock" : "deadlock");
  for (std::size_t i = 0; i < observation.instances.size(); ++i) {
    const InstanceSeen& seen = observation.instances[i];
    if (seen.alive_at_end || seen.ending.exited_with(0)) continue;
    if (seen.sent_sigterm && seen.ending.killed_by(SIGTERM)) continue;
    const std::string who =
        observation.instances.size() > 1 ? instance_name(observation, static_cast<int>(i)) + ": " : "";
    found.insert(who + seen.ending.words());
  }
  if (observation.controlled) add_crashed(*observation.controlled, found);
  return found;
}

}  // namespace jitterlab
