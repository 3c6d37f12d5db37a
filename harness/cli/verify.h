// `jitterlab verify`: does a lab tell right submissions from wrong ones?
#pragma once

#include <atomic>

#include "cli/options.h"

namespace jitterlab {

// Prints a line for each submission as it is graded, and what is wrong. Exit code: 0 everything is as it says, 1
// something is not, 2 something could not be told, or `stop` was set. Throws Error when there is no such lab or
// submission.
int verify(const Options& options, const std::atomic<bool>& stop);

}  // namespace jitterlab
