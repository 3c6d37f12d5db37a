// The part `checks:` of a lab file.
#pragma once

#include <cstdint>
#include <optional>

#include "lab/reading.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// Fills reading.lab.checks; everything but the points of the lab has been read. Returns the sum of their points, or
// nullopt when that is not known because of a mistake.
std::optional<std::int64_t> read_checks(const YamlNode& node, Reading& reading);

}  // namespace jitterlab
