// A failure that was seen where a sleep ended before others had got on: does it come without that, too?
#pragma once

#include <atomic>
#include <optional>

#include "analysis/found.h"
#include "run/search.h"

namespace jitterlab {

// Carries out schedules of both sorts, when a sleep ended so in `failure` at all. They do not depend on those that were
// carried out before. Nothing: it comes without, or too rarely to tell, or `stop` was set. Throws Error when a sandbox
// fails.
std::optional<Found> try_sleep(const Failure& failure, Crew& crew, const Execution& execution, const Judge& judge,
                               const std::atomic<bool>& stop);

}  // namespace jitterlab
