// Conditions: `tcp 50007 listens`, `role server printed ready`, …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lab/reading.h"

namespace jitterlab {

// A condition of `scenario`, whose roles are known by now. nullopt after a mistake.
std::optional<Condition> read_condition(const YamlNode& node, const std::string& scenario, Reading& reading);

// One, or a list of them. Those with mistakes are left out.
std::vector<Condition> read_conditions(const YamlNode& node, const std::string& scenario, Reading& reading);

}  // namespace jitterlab
