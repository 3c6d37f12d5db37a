// `explore` and `replay` for programs without a lab file.
#pragma once

#include <atomic>

#include "cli/options.h"

namespace jitterlab {

// Exit code: 0 nothing found, 1 something found, 2 it could not be run. Throws Error.
int explore(const Options& options, const std::atomic<bool>& stop);

// Carries out the schedule of a token once and shows it. Exit code as for explore; 2 also for a token of something
// else.
int replay(const Options& options);

}  // namespace jitterlab
