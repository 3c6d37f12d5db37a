// The question a check asks: `count: { produced: 8 }`, `ended: by itself`, …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lab/mapping_reader.h"
#include "lab/reading.h"

namespace jitterlab {

// Reads the one question among the keys of a check that is asked of `scenarios`. nullopt after a mistake, which may be
// that there is none or more than one.
std::optional<Question> read_question(const MappingReader& check, const std::vector<std::string>& scenarios,
                                      Reading& reading);

}  // namespace jitterlab
