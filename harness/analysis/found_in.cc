#include "analysis/found_in.h"

#include "analysis/busy_waiting.h"
#include "analysis/doubled_output.h"
#include "analysis/misuses.h"
#include "analysis/orphans.h"
#include "analysis/polls.h"
#include "analysis/zombies.h"

namespace jitterlab {

std::vector<Found> found_in(const Observation& observation) {
  std::vector<Found> all;
  for (const auto find : {misuses_in, busy_waiting_in, polls_in, doubled_output_in, zombies_in, orphans_in}) {
    const std::vector<Found> found = find(observation);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace jitterlab
