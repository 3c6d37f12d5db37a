// Where checks take their expected values from.
#pragma once

#include <string>
#include <vector>

#include "check/question.h"
#include "lab/lab.h"

namespace jitterlab {

// The values in their order: as drawn, as printed, or as listed in the lab file with parameters filled in. Throws
// Error when the observation lacks the parameter.
std::vector<std::string> values_of(const Values& values, const Evidence& evidence);

// "`$words`", "`produced.item`", "`red`, `green`".
std::string words_for(const Values& values);
std::string words_for(const EventField& field);

// Text of the lab with parameters filled in: one value per line when the text is just a parameter, else the values
// joined by blanks.
std::string filled_in(const std::string& text, const Observation& observation);

}  // namespace jitterlab
