// The part `parameters:` of a lab file.
#pragma once

#include "lab/reading.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// Fills reading.lab.parameters.
void read_parameters(const YamlNode& node, Reading& reading);

}  // namespace jitterlab
