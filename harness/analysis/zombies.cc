#include "analysis/zombies.h"

#include <csignal>
#include <set>

#include "analysis/lab_tasks.h"
#include "analysis/task_list.h"

namespace jitterlab {
namespace {

// Started by the harness, and stopped or killed by it at the end.
bool goes_on(const Observation& observation, const TaskSeen& task) {
  const auto root = observation.controlled->roots.find(task.id);
  if (root == observation.controlled->roots.end() || root->second < 0 || task.ended) return false;
  const auto index = static_cast<std::size_t>(root->second);
  if (index >= observation.instances.size()) return false;
  const InstanceSeen& seen = observation.instances[index];
  return seen.alive_at_end || seen.ending.killed_by(SIGTERM);
}

// It may be about to wait, or has said that there is no need to.
bool cares_for_children(const TraceEvent& event) {
  const Operation& operation = event.operation;
  if (operation.call == Call::kChildWait || operation.call == Call::kSignalWait) return true;
  return operation.call == Call::kSignalHandler && event.detail == SIGCHLD;
}

bool has_ended(const TaskList& tasks, TaskId process) {
  for (const TaskSeen& task : tasks.all()) {
    if (!task.ended && tasks.process_of(task.id) == process) return false;
  }
  return true;
}

// Processes of which some task does.
std::set<TaskId> carers(const Trace& trace, const TaskList& tasks) {
  std::set<TaskId> all;
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted && cares_for_children(event))
      all.insert(tasks.process_of(event.task));
  }
  return all;
}

}  // namespace

std::vector<Found> zombies_in(const Observation& observation) {
  if (!observation.controlled || observation.came_to_rest || observation.limit != Limit::kNone) return {};
  const ControlledEnd& end = *observation.controlled;
  if (end.lost != 0 || end.trace.is_cut || end.used != NotControlled::kNothing) return {};
  const TaskList tasks(observation);
  std::set<TaskId> caring;
  bool is_known = false;
  std::vector<Found> found;
  const TraceEvent* fork = nullptr;
  std::set<std::uint64_t> told;
  for (const TraceEvent& event : end.trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted) {
      fork = event.operation.call == Call::kFork ? &event : nullptr;
      continue;
    }
    if (fork == nullptr || fork->task != event.parent || (event.flags & TraceEvent::kThread) != 0) continue;
    const TaskSeen* child = tasks.find(event.task);
    const TaskSeen* parent = tasks.find(tasks.process_of(event.parent));
    if (child == nullptr || parent == nullptr || !goes_on(observation, *parent)) continue;
    if (!has_ended(tasks, child->id)) continue;
    if (!is_known) caring = carers(end.trace, tasks);
    is_known = true;
    if (caring.count(parent->id) > 0 || !told.insert(fork->operation.place).second) continue;
    found.push_back({kZombie,
                     "a child that has ended stays a zombie: its parent goes on and waits for no child",
                     {{event.parent, "forks it", fork->operation}}});
    const Operation& last = end.trace.events[*child->ended].operation;
    if (last.place != 0) found.back().steps.push_back({child->id, "ends", last, false, true});
  }
  return of_the_submission(observation, std::move(found), BlamedStep::kFirst);
}

}  // namespace jitterlab
