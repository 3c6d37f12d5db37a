// Text in which parameters may be used: `$name` stands for all values, `$name[i]` for one, `$$` for a dollar.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lab/reading.h"

namespace jitterlab {

// Reports unknown parameters and values that are not there.
void check_parameter_uses(const PlacedText& text, Reading& reading);

// The parameter that `text` as a whole stands for ("$words": words); nullopt when it is something else.
std::optional<std::string> whole_parameter(const std::string& text);

// The words of a `run:`, split at blanks; single and double quotes group and may be empty. nullopt, after a mistake,
// when there is no word or a quote does not end.
std::optional<std::vector<std::string>> read_command(const PlacedText& text, Mistakes& mistakes);

}  // namespace jitterlab
