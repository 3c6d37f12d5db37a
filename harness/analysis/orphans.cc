#include "analysis/orphans.h"

#include <algorithm>

#include "analysis/lab_tasks.h"
#include "analysis/task_list.h"

namespace jitterlab {
namespace {

// An instance of the submission's that ended by itself: not stopped by us, nor by a signal.
bool ended_by_itself(const Observation& observation, int instance) {
  if (instance < 0 || static_cast<std::size_t>(instance) >= observation.instances.size()) return false;
  const InstanceSeen& seen = observation.instances[static_cast<std::size_t>(instance)];
  return seen.origin == Origin::kSubmission && !seen.sent_sigterm && !seen.alive_at_end &&
         seen.ending.kind() == Ending::Kind::kExited;
}

// The root that this task descends from.
TaskId root_of(const TaskList& tasks, TaskId task) {
  for (const TaskSeen* seen = tasks.find(task); seen != nullptr && seen->parent != 0; seen = tasks.find(seen->parent))
    task = seen->parent;
  return task;
}

// One that has not is left behind, and told as such.
bool has_ended(const TaskList& tasks, TaskId process) {
  const TaskSeen* first = tasks.find(process);
  return first != nullptr && first->ended.has_value();
}

// Beginning, letting go of things, which its end would have done too, and ending.
bool is_no_work(const Operation& operation) {
  return operation.kind == StepKind::kStart || operation.kind == StepKind::kObject || operation.kind == StepKind::kExit;
}

// By which the process came to be; null: not known.
const TraceEvent* fork_of(const Trace& trace, TaskId process) {
  const TraceEvent* fork = nullptr;
  for (const TraceEvent& event : trace.events) {
    if (event.kind == TraceEvent::Kind::kExecuted && event.operation.call == Call::kFork) fork = &event;
    if (event.kind == TraceEvent::Kind::kCreated && event.task == process)
      return fork != nullptr && fork->task == event.parent ? fork : nullptr;
  }
  return nullptr;
}

// The last step of any task of the process.
const TraceEvent* last_of(const Trace& trace, const TaskList& tasks, TaskId process) {
  std::size_t last = 0;
  bool is_any = false;
  for (const TaskSeen& task : tasks.all()) {
    if (!task.last || tasks.process_of(task.id) != process) continue;
    last = std::max(last, *task.last);
    is_any = true;
  }
  return is_any ? &trace.events[last] : nullptr;
}

}  // namespace

std::vector<Found> orphans_in(const Observation& observation) {
  if (!observation.controlled || observation.came_to_rest || observation.limit != Limit::kNone) return {};
  const ControlledEnd& end = *observation.controlled;
  if (end.lost != 0 || end.trace.is_cut || end.used != NotControlled::kNothing) return {};
  const TaskList tasks(observation);
  std::vector<Found> found;
  for (const auto& [root, instance] : end.roots) {
    if (!ended_by_itself(observation, instance)) continue;
    const TraceEvent* last = last_of(end.trace, tasks, root);
    if (last == nullptr) continue;
    const auto goes_on = [&](const TraceEvent& event) {
      return event.kind == TraceEvent::Kind::kExecuted && !is_no_work(event.operation) &&
             root_of(tasks, event.task) == root && has_ended(tasks, tasks.process_of(event.task));
    };
    const TraceEvent* past_it = last + 1;
    const TraceEvent* all = end.trace.events.data() + end.trace.events.size();
    const TraceEvent* step = std::find_if(past_it, all, goes_on);
    if (step == all) continue;
    found.push_back({kOrphan, "a process still worked when the first one of its program had ended", {}});
    // The return from main has no place.
    if (last->operation.place != 0) found.back().steps.push_back({root, "ends", last->operation, false, true});
    const TraceEvent* fork = fork_of(end.trace, tasks.process_of(step->task));
    if (fork != nullptr)
      found.back().steps.insert(found.back().steps.begin(), {fork->task, "forks it", fork->operation});
    found.back().steps.push_back({step->task, "goes on", step->operation, false, true});
  }
  return of_the_submission(observation, std::move(found), BlamedStep::kLast);
}

}  // namespace jitterlab
