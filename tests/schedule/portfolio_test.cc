#include "schedule/portfolio.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"
#include "schedule/exposure.h"

namespace jitterlab {
namespace {

using namespace simulation;

TEST(Portfolio, SurwHasHalfAndEveryOtherStrategyItsShare) {
  int selective = 0, basic = 0, pos = 0, pct2 = 0, pct3 = 0, random = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const Share share = portfolio(i);
    selective += share.kind == StrategyKind::kSurw && share.is_selective;
    basic += share.kind == StrategyKind::kSurw && !share.is_selective;
    pos += share.kind == StrategyKind::kPos;
    pct2 += share.kind == StrategyKind::kPct && share.depth == 2;
    pct3 += share.kind == StrategyKind::kPct && share.depth == 3;
    random += share.kind == StrategyKind::kRandom;
  }
  EXPECT_EQ(selective, 1000);
  EXPECT_EQ(basic, 200);
  EXPECT_EQ(pos, 300);
  EXPECT_EQ(pct2, 200);
  EXPECT_EQ(pct3, 100);
  EXPECT_EQ(random, 200);
}

TEST(Portfolio, FirstExecutionNeedsNoProfile) { EXPECT_EQ(portfolio(0).kind, StrategyKind::kRandom); }

Exposure of_portfolio(const char* name, const Scene& scene) {
  return exposure(name, scene, 20, 3000, [](Campaign& campaign) { return campaign.next_of_portfolio(); });
}

TEST(Portfolio, EveryClassicIsExposedForEverySeed) {
  EXPECT_EQ(of_portfolio("portfolio, lost update", lost_update(1)).missed, 0);
  EXPECT_EQ(of_portfolio("portfolio, crossed locks", crossed_locks()).missed, 0);
  EXPECT_EQ(of_portfolio("portfolio, flag before data", flag_before_data()).missed, 0);
  EXPECT_EQ(of_portfolio("portfolio, reorder(10)", reorder(10)).missed, 0);
  EXPECT_EQ(of_portfolio("portfolio, twostage(10)", twostage(10)).missed, 0);
}

TEST(Portfolio, CorrectTwinsNeverFail) {
  for (const Scene& scene : {lost_update_twin(3), flag_before_data_twin(), crossed_locks_twin(), reorder_twin(10),
                             twostage_twin(10), peterson(), spinning(false), spinning(true)}) {
    Campaign campaign(scene, 11);
    for (int i = 0; i < 300; ++i) {
      const Play made = campaign.next_of_portfolio();
      ASSERT_FALSE(made.has_failed) << made.picks() << made.outcome;
      ASSERT_FALSE(made.is_cut);
    }
  }
}

}  // namespace
}  // namespace jitterlab
