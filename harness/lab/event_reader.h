// The part `events:` of a lab file.
#pragma once

#include "lab/reading.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// Fills reading.lab.events.
void read_events(const YamlNode& node, Reading& reading);

}  // namespace jitterlab
