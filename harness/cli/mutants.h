// `jitterlab verify --mutants`: wrong versions of the accepted solutions, made at the call, that a lab must catch.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "cli/options.h"
#include "lab/lab.h"
#include "verify/known_submissions.h"
#include "verify/verification_json.h"

namespace jitterlab {

// Runs every mutant of every accepted submission among `known` until a check fails, with the first seed, and prints
// those that none caught. `folder`: reference/<lab>. Complaints: mutants that the lab does not catch, where they are
// more than one in twenty of those that are not equivalent, and mistakes of the file of equivalent ones. Throws Error.
LabVerification run_mutants(const Options& options, const Lab& lab, const std::vector<KnownSubmission>& known,
                            const std::string& folder, const std::atomic<bool>& stop);

}  // namespace jitterlab
