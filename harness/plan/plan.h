// Lab -> executions, deterministic from one master seed. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "plan/execution.h"

namespace jitterlab {

// The seed used when none is given: a hash of the lab's id and version, never of the submission or the time.
std::uint64_t default_seed(const Lab& lab);
std::uint64_t default_seed(const std::string& lab, int version);

// Which executions, in which order: the scenarios of the file one after another, plain before jitter.
// `only_scenario` empty: all.
std::vector<Execution> plan(const Lab& lab, std::uint64_t master_seed, const std::string& only_scenario = "");

// A controlled execution of a scenario. All of one scenario have the same seed, which is also that of the campaign that
// gives them their schedules (schedule/campaign.h): what they are fed is the same, so that all that differs between two
// of them, or between one and its replay, is who went on when.
Execution controlled_execution(const std::string& scenario, std::uint64_t master_seed, int index = 0);

// The values of the lab's parameters for an execution: parameter name -> values. The same seed gives the same values.
// Words have 4 to 8 lower-case letters; no word contains another, also of another parameter, whatever `distinct` says.
// Throws Error when a parameter has fewer different values than it must give.
std::map<std::string, std::vector<std::string>> draw(const Lab& lab, std::uint64_t seed);

// Replaces $name (all values, joined by `separator`) and $name[i] in text of the lab; "$$" gives "$", and a "$" that no
// name follows stays. Values are inserted as they are, never looked into again. Throws Error for a name or an index
// that is not in `parameters`.
std::string fill_in(const std::string& text, const std::map<std::string, std::vector<std::string>>& parameters,
                    const std::string& separator);

}  // namespace jitterlab
