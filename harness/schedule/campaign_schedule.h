// All that the agent needs to know about the schedule that one execution is to follow. Harness side, pure.
#pragma once

#include <cstdint>
#include <vector>

#include "schedule/replay.h"
#include "schedule/scheduler.h"
#include "schedule/strategy.h"

namespace jitterlab {

struct Schedule {
  std::uint64_t index = 0;  // of the execution in its campaign, from 0
  StrategyKind kind = StrategyKind::kRandom;
  std::uint64_t seed = 0;
  Hints hints;
  std::vector<Choice> prefix;    // kFollow
  std::vector<Switch> switches;  // kReplay
  bool exact = true;             // kReplay: else loose
  std::uint32_t stop_at = 0;     // the step before which all tasks are held; 0: none; not load()'s business either
  bool slow_others = false;      // a sleeper may wake, and who spins go on, though others have not got on

  // Fills the scheduler and begins the execution. False when there are more choices, switches or weights than it can
  // hold; nothing has begun then.
  bool load(Scheduler& scheduler) const;
};

}  // namespace jitterlab
