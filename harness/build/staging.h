// Files in memory -> a fresh folder of the host that a box can be shown.
#pragma once

#include <string>
#include <vector>

#include "build/source_set.h"

namespace jitterlab {

// Makes `folder` (0755; must not exist) and writes the files into it (0644). Names must be safe (is_safe_name).
// Throws Error.
void stage(const std::vector<SourceFile>& files, const std::string& folder);

}  // namespace jitterlab
