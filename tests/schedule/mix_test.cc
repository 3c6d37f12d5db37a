#include "schedule/mix.h"

#include <gtest/gtest.h>

#include <set>

namespace jitterlab {
namespace {

TEST(Mix, ReferenceValuesOfSplitMix64AreReproduced) {
  // The first outputs of the generator of Steele et al. seeded with 0 and with its own increment.
  EXPECT_EQ(mix(0), 0xe220a8397b1dcdafu);
  EXPECT_EQ(mix(0x9e3779b97f4a7c15u), 0x6e789e6aa1b965f4u);
}

TEST(Mix, OrderOfArgumentsMatters) { EXPECT_NE(mix(1, 2), mix(2, 1)); }

TEST(Mix, SmallArgumentsGiveDistinctNumbers) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    for (std::uint64_t task = 0; task < 30; ++task) {
      for (std::uint64_t step = 0; step < 30; ++step) seen.insert(mix(seed, task, step));
    }
  }
  EXPECT_EQ(seen.size(), 30u * 30u * 30u);
}

}  // namespace
}  // namespace jitterlab
