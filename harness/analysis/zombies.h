// Children that nobody waits for: they have ended and stay zombies, since their parent goes on until it is stopped,
// never calls wait or its kin, and has not asked for SIGCHLD. A parent that ends by itself, or waits for children later
// on or for some of them, is not told of.
#pragma once

#include <vector>

#include "analysis/found.h"
#include "run/observation.h"

namespace jitterlab {

inline constexpr char kZombie[] = "zombie";

// None where the execution was not controlled to its end, or came to rest that it should not have come to.
std::vector<Found> zombies_in(const Observation& observation);

}  // namespace jitterlab
