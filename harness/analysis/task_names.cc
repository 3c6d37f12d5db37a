#include "analysis/task_names.h"

namespace jitterlab {

TaskNames::TaskNames(const Observation& observation) {
  if (!observation.controlled) return;
  const ControlledEnd& end = *observation.controlled;
  struct Made {
    int children = 0, threads = 0;
  };
  std::map<TaskId, Made> made;
  for (const TraceEvent& event : end.trace.events) {
    if (event.kind != TraceEvent::Kind::kCreated) continue;
    const auto parent = names_.find(event.parent);
    if (parent == names_.end()) {
      const auto root = end.roots.find(event.task);
      const int instance = root == end.roots.end() ? -1 : root->second;
      const bool is_known = instance >= 0 && instance < static_cast<int>(observation.instances.size());
      names_[event.task] = is_known ? instance_name(observation, instance) : "a process";
      continue;
    }
    const bool is_thread = (event.flags & TraceEvent::kThread) != 0;
    Made& so_far = made[event.parent];
    const int number = is_thread ? ++so_far.threads : ++so_far.children;
    names_[event.task] = parent->second + (is_thread ? ", thread " : ", child ") + std::to_string(number);
  }
}

std::string TaskNames::of(TaskId task) const {
  const auto found = names_.find(task);
  return found == names_.end() ? "a task" : found->second;
}

}  // namespace jitterlab
