// What was found besides races (analysis/found_book.h), in reports. Everything about it comes from the submission, so
// all of it goes through quote() or printable().
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/found_book.h"
#include "report/page.h"

namespace jitterlab {

// What it is and who did it where, and in how many executions.
void tell_found(Page& page, int indent, const ToldFound& found);

nlohmann::ordered_json json_of(const ToldFound& found);

}  // namespace jitterlab
