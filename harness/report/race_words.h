// Races in reports. Everything about them comes from the submission, its debugging information included, so all of it
// is quoted.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/race_book.h"
#include "report/page.h"

namespace jitterlab {

// The variable, both accesses with their lines, and how often.
void tell_race(Page& page, int indent, const ToldRace& race);

nlohmann::ordered_json json_of(const ToldRace& race);
nlohmann::ordered_json json_of(const ToldAccess& access);

}  // namespace jitterlab
