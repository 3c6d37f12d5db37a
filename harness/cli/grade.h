// `jitterlab grade`: the flow from lab and submission to a grade.
#pragma once

#include <atomic>

#include "check/finding.h"
#include "cli/options.h"
#include "lab/lab.h"

namespace jitterlab {

// Grades; setting `stop` leads to a partial grade. An Error on the way becomes a grade of which everything is open,
// with the error as the reason. `progress` draws on standard error when that is a terminal.
Grade grade(const Options& options, const Lab& lab, const std::atomic<bool>& stop);

}  // namespace jitterlab
