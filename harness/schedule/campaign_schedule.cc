#include "schedule/campaign_schedule.h"

#include <algorithm>

namespace jitterlab {

bool Schedule::load(Scheduler& scheduler) const {
  Follow& follow = scheduler.follow();
  Replay& replay = scheduler.replay();
  follow.clear();
  replay.clear();
  replay.set_mode(exact ? Replay::Mode::kExact : Replay::Mode::kLoose);
  const bool fits = hints.weight_count <= static_cast<std::uint32_t>(kMaxTasks) &&
                    std::all_of(prefix.begin(), prefix.end(), [&](Choice choice) { return follow.add(choice); }) &&
                    std::all_of(switches.begin(), switches.end(), [&](Switch one) { return replay.add(one); });
  if (fits) scheduler.begin(kind, seed, hints, slow_others);
  return fits;
}

}  // namespace jitterlab
