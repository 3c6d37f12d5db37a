#include "schedule/good_turing.h"

#include <gtest/gtest.h>

#include <set>

#include "schedule/mix.h"

namespace jitterlab {
namespace {

TEST(GoodTuring, NothingSeenMeansTheNextIsNew) { EXPECT_EQ(GoodTuring().chance_of_new(), 1); }

TEST(GoodTuring, ChanceIsTheShareOfWhatWasSeenOnce) {
  GoodTuring seen;
  EXPECT_TRUE(seen.saw(1));
  EXPECT_FALSE(seen.saw(1));
  EXPECT_FALSE(seen.saw(1));
  EXPECT_TRUE(seen.saw(2));
  EXPECT_TRUE(seen.saw(3));
  EXPECT_EQ(seen.total(), 5u);
  EXPECT_EQ(seen.distinct(), 3u);
  EXPECT_DOUBLE_EQ(seen.chance_of_new(), 2.0 / 5);
}

TEST(GoodTuring, SameThingAlwaysIsNeverTakenForCertain) {
  GoodTuring seen;
  for (int i = 0; i < 200; ++i) seen.saw(1);
  EXPECT_DOUBLE_EQ(seen.chance_of_new(), 1.0 / 200);
}

// Kinds of very different frequency: the estimate is near the true chance, which is known here.
TEST(GoodTuring, EstimateIsNearTheTrueChance) {
  const auto draw = [](std::uint64_t i) {
    const std::uint64_t kinds = std::uint64_t{1} << (mix(3, i) % 12);  // kind 0 often, kind 2000 rarely
    return mix(4, i) % kinds;
  };
  GoodTuring seen;
  std::set<std::uint64_t> known;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    seen.saw(draw(i));
    known.insert(draw(i));
  }
  int is_new = 0;
  for (std::uint64_t i = 1000; i < 101'000; ++i) is_new += !known.contains(draw(i));
  EXPECT_NEAR(seen.chance_of_new(), is_new / 100'000.0, 0.03);
}

}  // namespace
}  // namespace jitterlab
