// How surely a bug is caught, from how often it was seen.
#include "verify/chance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jitterlab {
namespace {

TEST(LeastShare, IsZeroWithoutAFailure) {
  EXPECT_EQ(least_share(0, 0), 0);
  EXPECT_EQ(least_share(0, 1000), 0);
}

TEST(LeastShare, OfFailuresOnlyIsThatOfTheirNumber) {
  EXPECT_NEAR(least_share(1, 1), 0.05, 1e-6);
  EXPECT_NEAR(least_share(20, 20), std::pow(0.05, 1 / 20.0), 1e-6);
}

TEST(LeastShare, AgreesWithTablesOfClopperAndPearson) {
  // The lower ends of two-sided 90 % intervals.
  EXPECT_NEAR(least_share(5, 10), 0.2224, 1e-4);
  EXPECT_NEAR(least_share(1, 100), 0.0005128, 1e-6);
}

TEST(LeastShare, MoreExecutionsWithTheSameShareSayMore) {
  EXPECT_LT(least_share(1, 10), least_share(10, 100));
  EXPECT_LT(least_share(10, 100), 0.1);
}

TEST(Chance, BugThatAlwaysShowsIsCaught) { EXPECT_GT(chance_of_catching({{15, 15, 5}, {60, 60, 20}}), 0.999); }

TEST(Chance, BugThatWasNeverSeenIsNot) { EXPECT_EQ(chance_of_catching({{0, 50, 5}, {0, 200, 100}}), 0); }

TEST(Chance, IsThatOfTheBestKindOfExecution) {
  const Tally poor{1, 100, 20}, good{10, 40, 100};
  EXPECT_EQ(chance_of_catching({poor, good}), chance_of_catching({good}));
  EXPECT_NEAR(chance_of_catching({good}), 1 - std::pow(1 - least_share(10, 40), 100), 1e-12);
}

TEST(Chance, LargerBudgetCatchesMore) {
  EXPECT_LT(chance_of_catching({{3, 60, 20}}), 0.5);
  EXPECT_GT(chance_of_catching({{3, 60, 400}}), 0.99);
}

}  // namespace
}  // namespace jitterlab
