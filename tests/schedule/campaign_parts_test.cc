#include <gtest/gtest.h>

#include <iostream>
#include <memory>

#include "schedule/campaign_estimate.h"
#include "schedule/campaign_schedule.h"
#include "schedule/campaign_summary.h"
#include "schedule/classics.h"
#include "schedule/exploration.h"
#include "schedule/traces.h"

namespace jitterlab {
namespace {

using namespace simulation;

TEST(Summary, CoverageComesFirstAndIsOnlySaidWhenThereIsSome) {
  CampaignSummary summary{.executions = 400, .schedules = 390, .interleavings = 212, .drawn = 400};
  summary.chance_of_new = 0.0099;
  EXPECT_EQ(summary.words(),
            "400 schedules, 212 distinct interleavings; chance that the next one shows something new below 1 %");
  summary.covered_bound = 2;
  summary.covered = 100;
  EXPECT_EQ(summary.words(),
            "all 100 schedules with up to 2 preemptions, and 300 more, 212 distinct interleavings; "
            "chance that the next one shows something new below 1 %");
  summary.is_complete = true;
  EXPECT_EQ(summary.words(), "all 100 schedules");
}

TEST(Summary, ChanceIsToldByItsSize) {
  CampaignSummary summary{.executions = 1'234'567, .schedules = 1, .interleavings = 1000};
  const auto end_for = [&](double chance) {
    summary.chance_of_new = chance;
    const std::string words = summary.words();
    return words.substr(words.find("new ") + 4);
  };
  EXPECT_EQ(end_for(1), "about 100 %");
  EXPECT_EQ(end_for(0.126), "about 13 %");
  EXPECT_EQ(end_for(0.01), "about 1 %");
  EXPECT_EQ(end_for(0.009), "below 1 %");
  EXPECT_EQ(end_for(0.001), "below 1 %");
  EXPECT_EQ(end_for(0.0009), "below 0.1 %");
  summary.chance_of_new.reset();
  EXPECT_EQ(summary.words(), "1,234,567 schedules, 1,000 distinct interleavings");
}

TEST(Schedule, IsLoadedWithWhatBelongsToIt) {
  auto scheduler = std::make_unique<Scheduler>();
  const Scene scene = twostage(2);
  Schedule schedule;
  schedule.seed = 5;
  const Play random = run(scene, schedule, *scheduler);
  EXPECT_EQ(random.picks(), run(scene, *scheduler, StrategyKind::kRandom, 5).picks());

  Schedule replayed;
  replayed.kind = StrategyKind::kReplay;
  replayed.switches = random.recording.switches;
  EXPECT_EQ(run(scene, replayed, *scheduler).picks(), random.picks());
  EXPECT_EQ(scheduler->replay().used(), static_cast<int>(replayed.switches.size()));

  Schedule followed;
  followed.kind = StrategyKind::kFollow;
  followed.prefix = random.choices;
  EXPECT_EQ(run(scene, followed, *scheduler).picks(), random.picks());
  EXPECT_EQ(scheduler->differs_at(), -1);
  EXPECT_EQ(scheduler->replay().size(), 0);  // nothing is left of the one before
}

TEST(Schedule, SwitchThatCannotBeMadeIsADifferenceOnlyInAnExactReplay) {
  auto scheduler = std::make_unique<Scheduler>();
  Schedule schedule;
  schedule.kind = StrategyKind::kReplay;
  schedule.switches = {{0, 0, 7}};  // there is no task 7
  for (const bool exact : {true, false, true}) {
    schedule.exact = exact;
    run(lost_update(1), schedule, *scheduler);
    EXPECT_EQ(scheduler->differs_at(), exact ? 0 : -1);
  }
}

TEST(Schedule, LoadingBeginsAnExecution) {
  auto scheduler = std::make_unique<Scheduler>();
  run(lost_update(1), *scheduler, StrategyKind::kRandom, 1);
  ASSERT_GT(scheduler->choices(), 0u);
  ASSERT_TRUE(Schedule{}.load(*scheduler));
  EXPECT_EQ(scheduler->choices(), 0u);
}

TEST(Schedule, ThatDoesNotFitIsNotBegun) {
  auto scheduler = std::make_unique<Scheduler>();
  run(lost_update(1), *scheduler, StrategyKind::kRandom, 1);
  const std::uint32_t choices = scheduler->choices();
  Schedule prefix, switches, weights;
  prefix.prefix.resize(Follow::kMaxPrefix + 1);
  switches.switches.resize(Replay::kMaxSwitches + 1);
  weights.hints.weight_count = kMaxTasks + 1;
  for (const Schedule& schedule : {prefix, switches, weights}) {
    EXPECT_FALSE(schedule.load(*scheduler));
    EXPECT_EQ(scheduler->choices(), choices);
  }
  prefix.prefix.pop_back();
  switches.switches.pop_back();
  weights.hints.weight_count = kMaxTasks;
  for (const Schedule& schedule : {prefix, switches, weights}) EXPECT_TRUE(schedule.load(*scheduler));
}

constexpr std::uint8_t kNone = Choice::kNone;

TEST(Estimate, CountsWaysThroughTheChoices) {
  EXPECT_EQ(estimated_schedules({}, 2), 1);
  EXPECT_EQ(estimated_schedules({{3, 0, kNone}, {2, 0, kNone}}, 0), 6);  // free choices
  const std::vector<Choice> running{{2, 0, kNone}, {2, 0, 0}, {3, 1, 0}};
  EXPECT_EQ(estimated_schedules(running, 0), 2);
  EXPECT_EQ(estimated_schedules(running, 1), 2 + 2 * (1 + 2));
  EXPECT_EQ(estimated_schedules(running, 2), 2 + 2 * (1 + 2) + 2 * 2);
  EXPECT_EQ(estimated_schedules(running, 100), 2 + 2 * (1 + 2) + 2 * 2);
}

// It decides whether exploration is worth beginning; the cost of a mistake is bounded.
TEST(Estimate, IsNotFarFromTheTruth) {
  auto scheduler = std::make_unique<Scheduler>();
  for (const Scene& scene : {lost_update(2), lost_update(6), twostage(1), reorder(2), crossed_locks()}) {
    Exploration exploration(2);
    while (const auto prefix = exploration.next()) exploration.ran(*prefix, follow(scene, *prefix, *scheduler).choices);
    const double truth = static_cast<double>(exploration.executions());
    double mean = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      mean += estimated_schedules(run(scene, *scheduler, StrategyKind::kRandom, seed).choices, 2) / 50;
    }
    std::cout << "truth " << truth << ", estimate " << mean << '\n';
    EXPECT_GT(mean, truth / 3);
    EXPECT_LT(mean, truth * 5);
  }
}

}  // namespace
}  // namespace jitterlab
