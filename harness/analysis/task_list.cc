#include "analysis/task_list.h"

#include <algorithm>
#include <map>

#include "analysis/task_names.h"

namespace jitterlab {
namespace {

// "main, child 1" -> "child 1" where there is only one program; "producer 2, child 1" -> "producer 2 child 1".
std::string short_name(std::string name, bool is_only) {
  if (const auto first = name.find(", "); is_only && first != std::string::npos) name.erase(0, first + 2);
  for (std::size_t at = name.find(", "); at != std::string::npos; at = name.find(", ")) name.erase(at, 1);
  return name;
}

}  // namespace

TaskList::TaskList(const Observation& observation) {
  if (!observation.controlled) return;
  const ControlledEnd& end = *observation.controlled;
  const TaskNames names(observation);
  const auto& events = end.trace.events;
  std::map<TaskId, std::size_t> place;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const TraceEvent& event = events[i];
    if (event.kind == TraceEvent::Kind::kCreated) {
      TaskSeen task;
      task.id = event.task;
      task.parent = find(event.parent) != nullptr ? event.parent : 0;
      task.is_thread = (event.flags & TraceEvent::kThread) != 0;
      task.name = short_name(names.of(event.task), observation.instances.size() <= 1);
      place[task.id] = tasks_.size();
      tasks_.push_back(task);
      continue;
    }
    const auto found = place.find(event.task);
    if (found == place.end()) continue;
    TaskSeen& task = tasks_[found->second];
    task.last = i;
    if (event.operation.kind == StepKind::kExit) task.ended = i;
  }
  for (const WaitingTask& waiting : end.waiting) {
    const auto found = place.find(waiting.id);
    if (found != place.end()) tasks_[found->second].waiting = &waiting;
  }
}

const TaskSeen* TaskList::find(TaskId id) const {
  const auto found = std::find_if(tasks_.begin(), tasks_.end(), [&](const TaskSeen& task) { return task.id == id; });
  return found == tasks_.end() ? nullptr : &*found;
}

std::string TaskList::name(TaskId id) const {
  const TaskSeen* task = find(id);
  return task == nullptr ? "?" : task->name;
}

TaskId TaskList::process_of(TaskId id) const {
  const TaskSeen* task = find(id);
  while (task != nullptr && task->is_thread && task->parent != 0) task = find(task->parent);
  return task == nullptr ? id : task->id;
}

std::string TaskList::names(const std::vector<TaskId>& ids) const {
  std::vector<std::string> words;
  for (const TaskId id : ids) words.push_back(name(id));
  return joined(words);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

}  // namespace jitterlab
