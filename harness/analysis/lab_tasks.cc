#include "analysis/lab_tasks.h"

#include <algorithm>

namespace jitterlab {

LabTasks::LabTasks(const Observation& observation) {
  const auto is_of_lab = [&](int instance) {
    const auto index = static_cast<std::size_t>(instance);
    return instance >= 0 && index < observation.instances.size() &&
           observation.instances[index].origin != Origin::kSubmission;
  };
  for (const auto& [root, instance] : observation.controlled->roots) {
    if (is_of_lab(instance)) tasks_.insert(root);
  }
  if (tasks_.empty()) return;
  for (const TraceEvent& event : observation.controlled->trace.events) {
    if (event.kind == TraceEvent::Kind::kCreated && has(event.parent)) tasks_.insert(event.task);
  }
}

std::vector<Found> of_the_submission(const Observation& observation, std::vector<Found> found, BlamedStep blamed) {
  if (found.empty()) return found;
  const LabTasks lab(observation);
  std::erase_if(found, [&](const Found& one) {
    if (one.steps.empty()) return false;
    return lab.has(blamed == BlamedStep::kFirst ? one.steps.front().task : one.steps.back().task);
  });
  return found;
}

}  // namespace jitterlab
