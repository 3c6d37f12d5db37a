#include "analysis/task_list.h"

#include <algorithm>
#include <map>

#include "agent/control_area.h"

namespace jitterlab {
namespace {

// Of a program that was started: its number, or -1.
int root_number(TaskId id, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (root_id(static_cast<int>(i)) == id) return static_cast<int>(i);
  }
  return -1;
}

class Naming {
 public:
  explicit Naming(const std::vector<std::string>& instances) : instances_(instances) {}

  std::string name(const TraceEvent& event, bool is_thread, const TaskSeen* parent) {
    if (parent == nullptr) {
      const int number = root_number(event.task, instances_.size());
      ++roots_;
      if (number >= 0) return instances_[static_cast<std::size_t>(number)];
      return roots_ == 1 ? "main" : "program " + std::to_string(roots_);
    }
    const bool is_only_root = parent->parent == 0 && instances_.size() <= 1;
    return (is_only_root ? "" : parent->name + " ") + (is_thread ? "thread " : "child ") +
           std::to_string(++children_[{parent->id, is_thread}]);
  }

 private:
  const std::vector<std::string>& instances_;
  int roots_ = 0;
  std::map<std::pair<TaskId, bool>, int> children_;
};

}  // namespace

TaskList::TaskList(const ControlledEnd& end, const std::vector<std::string>& instances) {
  Naming naming(instances);
  const auto& events = end.trace.events;
  std::map<TaskId, std::size_t> place;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const TraceEvent& event = events[i];
    if (event.kind == TraceEvent::Kind::kCreated) {
      const TaskSeen* parent = event.parent != 0 ? find(event.parent) : nullptr;
      TaskSeen task;
      task.id = event.task;
      task.parent = parent != nullptr ? event.parent : 0;
      task.is_thread = parent != nullptr && parent->last && events[*parent->last].operation.call == Call::kThreadCreate;
      task.name = naming.name(event, task.is_thread, parent);
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
