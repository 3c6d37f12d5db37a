// The smaller commands. Each returns the exit code and throws Error.
#pragma once

#include "cli/options.h"

namespace jitterlab {

int list_labs(const Options& options);
int show_lab(const Options& options);
int run_once(const Options& options);
int print_table(const Options& options);
int doctor(const Options& options);

}  // namespace jitterlab
