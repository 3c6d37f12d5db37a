// Tokens on the command line, and the one execution that `replay` shows.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "analysis/explanation.h"
#include "cli/options.h"
#include "run/observation.h"
#include "schedule/campaign_schedule.h"
#include "schedule/token.h"

namespace jitterlab {

// Throws Error that names the character.
Token token_from(const std::string& text);

// `exact`: the programs are those of the token; else its switches are made where they can be.
Schedule schedule_of(const Token& token, bool exact);

// Empty when the schedule has none: it is too long, or not told by its switches.
std::string token_of(const std::optional<Schedule>& schedule, std::uint32_t fingerprint);

// How many steps of it are told.
inline constexpr std::size_t kMostStepsShown = 2000;

// The steps and the output on standard output; how everything ended on standard error.
void show_replay(const Observation& observation, const Explanation& explanation, const Story& every_step);

// Writes options.html_file, if there is one. `failing`: names of what is wrong.
void write_replay_page(const Options& options, const Observation& observation, const std::set<std::string>& failing,
                       const Explanation& explanation, const std::map<std::string, std::string>& sources);

// Whether an exact replay could not make some choice; says so on standard error.
bool differs(const Observation& observation);

}  // namespace jitterlab
