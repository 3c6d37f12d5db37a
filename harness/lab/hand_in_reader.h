// The part `hand-in:` of a lab file.
#pragma once

#include "lab/reading.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// Fills reading.lab.hand_in.
void read_hand_in(const YamlNode& node, Reading& reading);

}  // namespace jitterlab
