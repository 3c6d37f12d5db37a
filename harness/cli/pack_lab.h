// `jitterlab pack`: what students get of a lab.
#pragma once

#include "cli/options.h"

namespace jitterlab {

// Everything of the lab's folder but the sources of its drivers and native checking programs, and, in `compiled/`
// (build/packed_programs.h), those and the reference as programs. Exit code 0. Throws Error.
int pack_lab(const Options& options);

}  // namespace jitterlab
