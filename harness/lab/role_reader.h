// Roles: what runs, with which input, when, and how it ends.
#pragma once

#include <string>
#include <vector>

#include "lab/mapping_reader.h"
#include "lab/reading.h"

namespace jitterlab {

// The words of `run:`: a program and its arguments; nullopt after a mistake, and when the key is missing.
std::optional<std::vector<std::string>> read_run(const MappingReader& mapping, Reading& reading);

// `mapping` is a role, or a scenario with `run:`, which says of its only role what a role may. What could be read is
// returned, mistakes or not.
Role read_role(const MappingReader& mapping, const std::string& name, const std::string& scenario, Reading& reading);

}  // namespace jitterlab
