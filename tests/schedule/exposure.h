// How many schedules a strategy needs until a bug shows.
#pragma once

#include <iostream>

#include "schedule/mix.h"
#include "schedule/simulation.h"

namespace jitterlab::simulation {

// Mean over fixed seeds; a campaign that finds nothing counts with `most` and is told in `missed`.
struct Exposure {
  double mean = 0;
  int missed = 0;
};

template <typename Next>
Exposure exposure(const char* name, const Scene& scene, int campaigns, int most, Next next) {
  Exposure result;
  for (int i = 0; i < campaigns; ++i) {
    Campaign campaign(scene, mix(1000, static_cast<std::uint64_t>(i)));
    int executions = 1;
    while (executions < most && !next(campaign).has_failed) ++executions;
    result.missed += executions == most;
    result.mean += static_cast<double>(executions) / campaigns;
  }
  std::cout << name << ": " << result.mean << " schedules, missed " << result.missed << " of " << campaigns << '\n';
  return result;
}

inline Exposure exposure(const char* name, const Scene& scene, StrategyKind kind, int campaigns = 20, int most = 3000) {
  return exposure(name, scene, campaigns, most, [kind](Campaign& campaign) { return campaign.next(kind); });
}

}  // namespace jitterlab::simulation
