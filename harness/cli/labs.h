// Finding labs by name.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "lab/load_lab.h"

namespace jitterlab {

// The folders of all labs, sorted by name. Throws Error when there is no folder of labs.
std::vector<std::string> lab_folders(const Options& options);

// The folder of options.lab, a name or a path, whether there is a lab or not.
std::string lab_folder(const Options& options);

// Loads options.lab, a name or a path. Throws Error when there is none, or with all its mistakes, a line each.
Lab find_lab(const Options& options);

// The lab in words that find it again without --labs.
std::string named_lab(const Options& options);

}  // namespace jitterlab
