// Races in reports. Everything about them comes from the submission, its debugging information included, so all of it
// is quoted.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/race_book.h"
#include "report/page.h"

namespace jitterlab {

// The variable, both accesses with their lines, how often, and what came of trying both orders. `program`: what stands
// behind the token in the command that shows it; empty: no command is shown.
void tell_race(Page& page, int indent, const ToldRace& race, const std::string& program = "");

nlohmann::ordered_json json_of(const ToldRace& race);
nlohmann::ordered_json json_of(const ToldAccess& access);

}  // namespace jitterlab
