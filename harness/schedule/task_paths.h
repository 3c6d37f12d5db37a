// Tasks by where they come from: "main", its children "main.1", "main.2", …; further roots are "main2", … Harness side.
#pragma once

#include <map>
#include <string>

#include "schedule/trace.h"

namespace jitterlab {

class TaskPaths {
 public:
  TaskPaths() = default;
  explicit TaskPaths(const Trace& trace) {
    for (const TraceEvent& event : trace.events) {
      if (event.kind == TraceEvent::Kind::kCreated) created(event);
    }
  }

  void created(const TraceEvent& event) {
    if (event.parent == 0 || names_.count(event.parent) == 0) {
      names_[event.task] = roots_++ == 0 ? "main" : "main" + std::to_string(roots_);
    } else {
      names_[event.task] = names_[event.parent] + "." + std::to_string(++children_[event.parent]);
    }
  }

  std::string of(TaskId task) const {
    const auto found = names_.find(task);
    return found == names_.end() ? "?" : found->second;
  }

 private:
  int roots_ = 0;
  std::map<TaskId, std::string> names_;
  std::map<TaskId, int> children_;
};

}  // namespace jitterlab
