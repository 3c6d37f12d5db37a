#include "schedule/pos.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"
#include "schedule/exposure.h"

namespace jitterlab {
namespace {

using namespace simulation;

TEST(Pos, ClassicsAreExposedWithinFewSchedules) {
  EXPECT_LT(exposure("pos, lost update", lost_update(1), StrategyKind::kPos).mean, 10);
  EXPECT_LT(exposure("pos, crossed locks", crossed_locks(), StrategyKind::kPos).mean, 20);
  EXPECT_LT(exposure("pos, flag before data", flag_before_data(), StrategyKind::kPos).mean, 20);
  EXPECT_LT(exposure("pos, twostage(3)", twostage(3), StrategyKind::kPos).mean, 200);
}

Enabled& two_writers(Enabled& enabled, std::uint32_t step, std::uint64_t other_offset) {
  enabled.step = step;
  enabled.count = 2;
  enabled.pending[0] = {{101, 0}, {StepKind::kWrite, true, Call::kNone, 4, 9, 0, 0}};
  enabled.pending[1] = {{102, 1}, {StepKind::kWrite, true, Call::kNone, 4, 9, other_offset, 0}};
  return enabled;
}

// How often the task that was not picked is picked next, when the other one has another operation in the same place.
int overtaken_times(std::uint64_t other_offset) {
  auto enabled = std::make_unique<Enabled>();
  int times = 0;
  Pos pos;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    pos.begin(seed, {});
    pos.task_created(kNobody, {101, 0});
    pos.task_created(kNobody, {102, 1});
    const int first = pos.pick(two_writers(*enabled, 0, other_offset));
    pos.executed(enabled->pending[first].task, enabled->pending[first].operation);
    times += pos.pick(two_writers(*enabled, 1, other_offset)) != first;
  }
  return times;
}

// Without a conflict the loser keeps its number, the smaller of two, and only the winner draws anew: it loses with a
// chance of one third.
TEST(Pos, OnlyAConflictMakesTheOtherTaskDrawAnew) {
  EXPECT_NEAR(overtaken_times(0), 500, 50);
  EXPECT_NEAR(overtaken_times(4), 333, 50);
}

}  // namespace
}  // namespace jitterlab
