// `jitterlab grade`: the flow from lab and submission to a grade.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "check/check.h"
#include "check/finding.h"
#include "cli/options.h"
#include "lab/lab.h"
#include "run/lanes.h"

namespace jitterlab {

// Told of a grading as it goes on, in the calling thread.
struct GradeWatcher {
  std::string label;                              // in front of what `progress` says
  std::function<void(const Findings&)> executed;  // after each execution that was looked at; may be empty
  std::function<void(Lanes&)> prepare;            // before the first box is opened; may be empty
};

// Grades; setting `stop` leads to a partial grade. An Error on the way becomes a grade of which everything is open,
// with the error as the reason. `progress` draws on standard error when that is a terminal.
Grade grade(const Options& options, const Lab& lab, const std::atomic<bool>& stop, const GradeWatcher& watcher = {});

}  // namespace jitterlab
