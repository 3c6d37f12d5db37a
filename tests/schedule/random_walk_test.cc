#include "schedule/random_walk.h"

#include <gtest/gtest.h>

#include <map>

#include "schedule/classics.h"

namespace jitterlab {
namespace {

using namespace simulation;

TEST(RandomWalk, EveryEnabledTaskIsPickedAboutEquallyOften) {
  auto enabled = std::make_unique<Enabled>();
  enabled->count = 5;
  std::map<int, int> picked;
  RandomWalk walk;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    walk.begin(seed, {});
    for (enabled->step = 0; enabled->step < 1000; ++enabled->step) ++picked[walk.pick(*enabled)];
  }
  for (int i = 0; i < 5; ++i) EXPECT_NEAR(picked[i], 2000, 150);
}

TEST(RandomWalk, LostUpdateIsFoundWithinFewSchedules) {
  Campaign campaign(lost_update(1), 1);
  int failed = 0;
  for (int i = 0; i < 100; ++i) failed += campaign.next(StrategyKind::kRandom).has_failed;
  EXPECT_GT(failed, 50);
}

}  // namespace
}  // namespace jitterlab
