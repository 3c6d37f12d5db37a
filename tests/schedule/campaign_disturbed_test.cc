// Campaigns over programs that are not deterministic under control, that are cut, or that are too long.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "schedule/campaign.h"
#include "schedule/classics.h"
#include "schedule/traces.h"

namespace jitterlab {
namespace {

using namespace simulation;

struct Disturbed {
  std::vector<Schedule> schedules;
  CampaignSummary summary;
  std::size_t explored() const {
    return static_cast<std::size_t>(std::count_if(schedules.begin(), schedules.end(), [](const Schedule& schedule) {
      return schedule.kind == StrategyKind::kFollow;
    }));
  }
};

// Executions from `first` to before `end` tell something else than what happened.
Disturbed disturbed(const CampaignOptions& options, void (*disturb)(Trace&), std::uint64_t first,
                    std::uint64_t end = 1000) {
  auto scheduler = std::make_unique<Scheduler>();
  jitterlab::Campaign campaign(options);
  Disturbed result;
  while (auto schedule = campaign.next()) {
    Trace trace = trace_of(run(lost_update(3), *schedule, *scheduler));
    if (schedule->index >= first && schedule->index < end) disturb(trace);
    campaign.ran(*schedule, trace);
    result.schedules.push_back(std::move(*schedule));
  }
  EXPECT_TRUE(campaign.is_done());
  result.summary = campaign.summary();
  return result;
}

void nothing(Trace&) {}
void offer_other_choices(Trace& trace) {
  for (TraceEvent& event : trace.events) event.choice.count += event.choice.count > 1;
}
void cut_at_once(Trace& trace) {
  trace.is_cut = true;
  trace.events.resize(3);
}
void cut_at_the_end(Trace& trace) { trace.is_cut = true; }

constexpr CampaignOptions kPortfolio{.executions = 400};
constexpr CampaignOptions kExhaustive{.kind = CampaignKind::kExhaustive, .executions = 400};

TEST(DisturbedCampaign, NothingIsSaidToBeCoveredWhenExecutionsDoNotFollow) {
  EXPECT_EQ(disturbed(kPortfolio, nothing, 0).summary.covered_bound, 2);
  for (const CampaignOptions& options : {kPortfolio, kExhaustive}) {
    const CampaignSummary summary = disturbed(options, offer_other_choices, 20, 21).summary;
    EXPECT_EQ(summary.not_followed, 1u);
    EXPECT_EQ(summary.covered_bound, -1);
    EXPECT_FALSE(summary.is_complete);
  }
}

TEST(DisturbedCampaign, PortfolioExploresNoFurtherThanTheRoundThatDidNotFollow) {
  const Disturbed ran = disturbed(kPortfolio, offer_other_choices, 20, 21);
  EXPECT_LT(ran.explored(), 40u);  // of 62
  EXPECT_EQ(ran.schedules.size(), 400u);
  EXPECT_EQ(ran.summary.words().find("400 schedules, "), 0u) << ran.summary.words();
}

TEST(DisturbedCampaign, NothingIsSaidToBeCoveredWhenAnExploredExecutionWasCut) {
  for (const auto cut : {cut_at_once, cut_at_the_end}) {
    for (const CampaignOptions& options : {kPortfolio, kExhaustive}) {
      const CampaignSummary summary = disturbed(options, cut, 20, 21).summary;
      EXPECT_EQ(summary.cut, 1u);
      EXPECT_EQ(summary.not_followed, 0u);  // it is not known whether it would have
      EXPECT_EQ(summary.covered_bound, -1);
      EXPECT_FALSE(summary.is_complete);
    }
  }
}

TEST(DisturbedCampaign, DrawnExecutionThatWasCutLeavesCoverageAsItIs) {
  const Disturbed ran = disturbed(kPortfolio, cut_at_the_end, 300, 301);
  EXPECT_EQ(ran.summary.cut, 1u);
  EXPECT_EQ(ran.summary.covered_bound, 2);
}

TEST(DisturbedCampaign, NothingIsLearnedFromAFirstExecutionThatWasCut) {
  EXPECT_EQ(disturbed(kPortfolio, cut_at_once, 0, 1).explored(), 0u);  // it looked small
  CampaignOptions surw = kPortfolio;
  surw.kind = CampaignKind::kSurw;
  EXPECT_EQ(disturbed(surw, cut_at_once, 0, 1).schedules[1].hints.weight_count, 0u);
  EXPECT_GT(disturbed(surw, nothing, 0, 1).schedules[1].hints.weight_count, 0u);
}

// Two tasks that both can go on at each of so many choices.
Trace long_trace(const std::vector<Choice>& prefix, std::size_t choices) {
  Trace trace;
  for (std::size_t i = 0; i < choices; ++i) {
    const std::uint8_t last = i == 0 ? Choice::kNone : trace.events.back().choice.picked;
    const Choice choice =
        i < prefix.size() ? prefix[i] : Choice{2, last == Choice::kNone ? std::uint8_t{0} : last, last};
    trace.events.push_back(executed(1 + choice.picked, {StepKind::kRead}, choice));
  }
  return trace;
}

TEST(DisturbedCampaign, SchedulesThatAreTooLongToFollowAreLeftOutAndTheirBoundIsNotCovered) {
  auto scheduler = std::make_unique<Scheduler>();
  jitterlab::Campaign campaign({.kind = CampaignKind::kExhaustive, .executions = 80, .bound = 1});
  while (auto schedule = campaign.next()) {
    ASSERT_TRUE(schedule->load(*scheduler)) << schedule->prefix.size();
    campaign.ran(*schedule, long_trace(schedule->prefix, Follow::kMaxPrefix + 100));
  }
  EXPECT_EQ(campaign.summary().executions, 80u);
  EXPECT_EQ(campaign.summary().not_followed, 0u);
  EXPECT_EQ(campaign.summary().covered_bound, 0);
  EXPECT_EQ(campaign.summary().covered, 2u);
}

}  // namespace
}  // namespace jitterlab
