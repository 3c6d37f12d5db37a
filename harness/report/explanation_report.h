// What an analysis found -> text for a person, JSON for programs. Names in it come from the program: they are shown by
// printable().
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/explanation.h"
#include "report/page.h"

namespace jitterlab {

void tell_explanation(Page& page, int indent, const Explanation& explanation);

// {} when there is nothing to say.
nlohmann::ordered_json explanation_json(const Explanation& explanation);

}  // namespace jitterlab
