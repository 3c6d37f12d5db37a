// The smaller commands. Each returns the exit code and throws Error.
#pragma once

#include <vector>

#include "build/failure.h"
#include "cli/options.h"
#include "run/observation.h"

namespace jitterlab {

int list_labs(const Options& options);
int show_lab(const Options& options);
int run_once(const Options& options);
int print_table(const Options& options);
int doctor(const Options& options);

// On standard error, for commands that have no report.
void show_build_failures(const std::vector<BuildFailure>& failures);
void tell_ends(const Observation& observation);

}  // namespace jitterlab
