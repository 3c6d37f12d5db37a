// The tasks of a controlled execution, with names that a student can follow: "main", "child 1", "thread 2".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "run/observation.h"

namespace jitterlab {

struct TaskSeen {
  TaskId id = 0, parent = 0;
  std::string name;
  bool is_thread = false;
  std::optional<std::size_t> last;       // its last event
  std::optional<std::size_t> ended;      // the event by which it ended
  const WaitingTask* waiting = nullptr;  // at the end
};

class TaskList {
 public:
  // The observation must outlive the list.
  explicit TaskList(const Observation& observation);

  const std::vector<TaskSeen>& all() const { return tasks_; }  // in the order of creation
  const TaskSeen* find(TaskId id) const;
  std::string name(TaskId id) const;                        // "?" for one that was never created
  TaskId process_of(TaskId id) const;                       // itself, or the first task of its process
  std::string names(const std::vector<TaskId>& ids) const;  // "child 1 and child 2"

 private:
  std::vector<TaskSeen> tasks_;
};

// "a", "a and b", "a, b and c"
std::string joined(const std::vector<std::string>& words);

}  // namespace jitterlab
