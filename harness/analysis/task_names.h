// What the tasks of an execution are called in reports: by the instance of the role that they descend from.
#pragma once

#include <map>
#include <string>

#include "run/observation.h"

namespace jitterlab {

class TaskNames {
 public:
  // An observation that is controlled.
  explicit TaskNames(const Observation& observation);

  // "consumer 2", "main, child 1", "main, child 1, thread 2". Children and threads of a task are counted from 1, in the
  // order in which it made them. A task that the trace does not know: "a task".
  std::string of(TaskId task) const;

 private:
  std::map<TaskId, std::string> names_;
};

}  // namespace jitterlab
