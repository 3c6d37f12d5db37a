// From a grade to the reports that were asked for.
#pragma once

#include "check/finding.h"
#include "cli/options.h"

namespace jitterlab {

// Writes options.outputs. Throws Error when one could not be written, after all the others have been.
void deliver_reports(const Grade& grade, const Options& options);

}  // namespace jitterlab
