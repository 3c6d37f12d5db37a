// The tasks of a lab's own programs, its reference and its drivers: what these do, perhaps on purpose, is no finding of
// the submission's.
#pragma once

#include <set>
#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

class LabTasks {
 public:
  // An observation that is controlled.
  explicit LabTasks(const Observation& observation);

  bool has(TaskId task) const { return tasks_.count(task) != 0; }

 private:
  std::set<TaskId> tasks_;
};

// Without the findings of which such a program took the last step, or the first.
enum class BlamedStep { kFirst, kLast };
std::vector<Found> of_the_submission(const Observation& observation, std::vector<Found> found, BlamedStep blamed);

}  // namespace jitterlab
