// The part `scenarios:` of a lab file.
#pragma once

#include "lab/reading.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// Fills reading.lab.scenarios. Programs, events and parameters have been read.
void read_scenarios(const YamlNode& node, Reading& reading);

}  // namespace jitterlab
