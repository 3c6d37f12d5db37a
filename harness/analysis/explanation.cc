#include "analysis/explanation.h"

namespace jitterlab {

Explanation explain(const Observation& failing, const Trace* passing, const SourceNames& names,
                    const std::vector<std::string>& semaphores) {
  Explanation explanation;
  if (!failing.controlled) return explanation;
  const ControlledEnd& end = *failing.controlled;
  std::vector<std::string> instances;
  for (std::size_t i = 0; i < failing.instances.size(); ++i)
    instances.push_back(instance_name(failing, static_cast<int>(i)));
  const TaskList tasks(end, instances);
  const Things things(end.trace, end.waiting, names, semaphores);
  Sites sites(names);
  sites.add(end.trace);
  sites.add(end.waiting);
  if (passing != nullptr) sites.add(*passing);
  if (failing.came_to_rest) explanation.deadlock = explain_deadlock(end, tasks, things, sites, passing);
  explanation.story =
      tell_story(end, tasks, things, sites, passing, explanation.deadlock ? &*explanation.deadlock : nullptr);
  return explanation;
}

}  // namespace jitterlab
