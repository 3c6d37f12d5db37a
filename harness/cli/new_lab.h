// `jitterlab new`: a small lab that works, for its author to change.
#pragma once

#include "cli/options.h"

namespace jitterlab {

// Makes the folder of the lab, and that of its solutions in `reference` beside the folder of labs. Exit code 0. Throws
// Error when the name is no name of a lab, or one of the folders is there already.
int make_lab(const Options& options);

}  // namespace jitterlab
