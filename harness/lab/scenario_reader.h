// The part `scenarios:` of a lab file.
#pragma once

#include "lab/reading.h"
#include "lab/yaml_reader.h"

namespace jitterlab {

// What `executions` says, and where it says nothing what holds `otherwise`.
Executions read_executions(const YamlNode& node, const Executions& otherwise, Reading& reading);

// Fills reading.lab.scenarios. Programs, events, parameters and reading.executions have been read.
void read_scenarios(const YamlNode& node, Reading& reading);

}  // namespace jitterlab
