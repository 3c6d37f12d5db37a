// Which mechanisms of communication the submission used.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lab/lab.h"
#include "run/observation.h"

namespace jitterlab {

// From the calls that the kernel reported (`calls`: instance and mechanism) and, for what makes no call of its own,
// from the symbols that the programs take from libraries. Only programs of the submission that were started count.
// Sorted.
std::vector<std::string> mechanisms_used(const Observation& observation,
                                         const std::vector<std::pair<int, std::string>>& calls,
                                         const std::map<std::string, std::vector<std::string>>& imports,
                                         const Scenario& scenario);

}  // namespace jitterlab
