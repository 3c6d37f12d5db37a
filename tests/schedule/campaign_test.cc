#include "schedule/campaign.h"

#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <memory>
#include <set>

#include "schedule/campaign_runs.h"
#include "schedule/classics.h"
#include "schedule/portfolio.h"

namespace jitterlab {
namespace {

using namespace simulation;
using jitterlab::Campaign;  // not that of the simulation

constexpr CampaignKind kAllKinds[] = {CampaignKind::kPortfolio, CampaignKind::kRandom, CampaignKind::kPct,
                                      CampaignKind::kPos,       CampaignKind::kSurw,   CampaignKind::kExhaustive};

// Two tasks of n steps have 2 + 2(n-1) + 2(n-1)^2 schedules with up to two preemptions.
Scene two_tasks(int steps) { return {.programs = {steps * Program{own()}, steps * Program{own()}}, .roots = 2}; }

std::string exhaustive(const Scene& scene, int bound, std::uint64_t executions = 2000) {
  const CampaignRun ran =
      run_campaign(scene, {.kind = CampaignKind::kExhaustive, .executions = executions, .bound = bound});
  EXPECT_EQ(ran.plays.size(), ran.summary.executions);
  const std::vector<std::string> picks = ran.picks();
  EXPECT_EQ(std::set<std::string>(picks.begin(), picks.end()).size(), picks.size());
  EXPECT_EQ(ran.summary.schedules, picks.size());
  return ran.summary.words();
}

TEST(Campaign, ExhaustiveExecutesEveryScheduleOnceAndSaysHowMany) {
  const Program two = 2 * Program{own()};
  EXPECT_EQ(exhaustive({.programs = {two}}, 9), "the only schedule");
  EXPECT_EQ(exhaustive(two_tasks(3), 9), "all 20 schedules");
  EXPECT_EQ(exhaustive({.programs = {two, two, two}, .roots = 3}, 9), "all 90 schedules");
  EXPECT_EQ(exhaustive(two_tasks(3), 0), "all 2 schedules without preemptions");
  EXPECT_EQ(exhaustive(two_tasks(3), 1), "all 6 schedules with up to 1 preemption");
  EXPECT_EQ(exhaustive(two_tasks(25), 2), "all 1,202 schedules with up to 2 preemptions");
}

TEST(Campaign, ExhaustiveThatIsCutShortClaimsOnlyTheBoundThatWasFinished) {
  EXPECT_EQ(exhaustive(two_tasks(6), 2, 62), "all 62 schedules with up to 2 preemptions");
  EXPECT_EQ(exhaustive(two_tasks(6), 2, 61),
            "all 12 schedules with up to 1 preemption, and 49 more, 1 distinct interleaving");
  EXPECT_EQ(exhaustive(two_tasks(6), 2, 11),
            "all 2 schedules without preemptions, and 9 more, 1 distinct interleaving");
  EXPECT_EQ(exhaustive(two_tasks(6), 2, 1), "1 schedule, 1 distinct interleaving");
  EXPECT_EQ(Campaign({.kind = CampaignKind::kExhaustive}).summary().words(), "no schedules");
}

TEST(Campaign, PortfolioEndsEarlyWhenTheProgramHasNoOtherSchedules) {
  const CampaignRun ran = run_campaign(two_tasks(2), {.executions = 200});
  EXPECT_EQ(ran.plays.size(), 7u);  // one is drawn first
  EXPECT_EQ(ran.summary.words(), "all 6 schedules");
  EXPECT_EQ(run_campaign({.programs = {{own()}}}, {.executions = 200}).summary.words(), "the only schedule");
}

TEST(Campaign, PortfolioExploresFirstWhenTheBoundTakesNoMoreThanHalf) {
  const CampaignRun ran = run_campaign(lost_update(3), {.executions = 400});
  EXPECT_EQ(ran.plays.size(), 400u);
  EXPECT_EQ(ran.summary.covered, 62u);
  EXPECT_EQ(ran.summary.drawn, 338u);
  EXPECT_FALSE(ran.summary.is_complete);
  EXPECT_EQ(ran.summary.words().find("all 62 schedules with up to 2 preemptions, and 338 more, "), 0u)
      << ran.summary.words();
  for (std::size_t i = 0; i < 400; ++i) {
    EXPECT_EQ(ran.schedules[i].kind == StrategyKind::kFollow, i >= 1 && i < 63) << i;
  }
}

TEST(Campaign, PortfolioGivesUpExploringWhenTheGuessWasTooLow) {
  const Program checker{load(0), end_if(0)};  // ends at once, or goes on for long
  const Scene scene{.programs = {{set(0, 1)}, checker + 40 * Program{own()}, checker + 40 * Program{own()}},
                    .roots = 3};
  int given_up = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const CampaignRun ran = run_campaign(scene, {.seed = seed, .executions = 400});
    EXPECT_EQ(ran.plays.size(), 400u);
    if (ran.schedules[1].kind != StrategyKind::kFollow) continue;
    ++given_up;
    EXPECT_LT(ran.summary.covered_bound, 2);
    EXPECT_EQ(ran.summary.drawn, 201u);
    EXPECT_NE(ran.schedules[201].kind, StrategyKind::kFollow);
  }
  EXPECT_GT(given_up, 0);
  EXPECT_LT(given_up, 40);
}

TEST(Campaign, DrawnSchedulesHaveTheSharesOfThePortfolio) {
  const CampaignRun ran = run_campaign(reorder(10), {.executions = 201});
  EXPECT_EQ(ran.summary.drawn, 201u);
  EXPECT_EQ(ran.summary.covered_bound, -1);
  for (std::size_t i = 0; i < 201; ++i) {
    const Share share = portfolio(i);
    EXPECT_EQ(ran.schedules[i].kind, share.kind);
    if (share.kind == StrategyKind::kPct) {
      EXPECT_EQ(ran.schedules[i].hints.depth, share.depth);
    }
    if (share.kind == StrategyKind::kSurw) {
      EXPECT_EQ(ran.schedules[i].hints.object != 0, share.is_selective);
    }
  }
  EXPECT_EQ(ran.summary.words().find("201 schedules, "), 0u) << ran.summary.words();
}

TEST(Campaign, FixedStrategyMakesAllExecutions) {
  const std::pair<CampaignKind, StrategyKind> kinds[] = {{CampaignKind::kRandom, StrategyKind::kRandom},
                                                         {CampaignKind::kPct, StrategyKind::kPct},
                                                         {CampaignKind::kPos, StrategyKind::kPos},
                                                         {CampaignKind::kSurw, StrategyKind::kSurw}};
  for (const auto& [kind, strategy] : kinds) {
    int deep = 0, basic = 0;
    const CampaignRun ran = run_campaign(two_tasks(2), {.kind = kind, .executions = 120});
    ASSERT_EQ(ran.schedules.size(), 120u);
    for (const Schedule& schedule : ran.schedules) EXPECT_EQ(schedule.kind, strategy);
    for (const Schedule& schedule : run_campaign(lost_update(1), {.kind = kind, .executions = 120}).schedules) {
      deep += schedule.hints.depth == 3;
      basic += schedule.index > 0 && schedule.hints.object == 0;
    }
    EXPECT_EQ(deep, kind == CampaignKind::kPct ? 40 : 0);
    if (kind == CampaignKind::kSurw) {
      EXPECT_EQ(basic, 20);
    }
  }
}

TEST(Campaign, SameSchedulesAreExecutedHoweverManyAreUnderWayAndHoweverTheyEnd) {
  for (const CampaignKind kind : kAllKinds) {
    for (const Scene& scene : {lost_update(3), reorder(4), twostage(2)}) {
      const CampaignOptions options{.kind = kind, .seed = 3, .executions = 150};
      const CampaignRun one = run_campaign(scene, options, 1);
      const auto expect_same = [&](std::size_t at_once, Ends ends) {
        const CampaignRun other = run_campaign(scene, options, at_once, ends);
        EXPECT_EQ(other.picks(), one.picks()) << at_once;
        EXPECT_EQ(other.summary.words(), one.summary.words());
      };
      expect_same(2, Ends::kInOrder);
      expect_same(3, Ends::kLastFirst);
      expect_same(7, Ends::kAnyhow);
      expect_same(kAll, Ends::kAnyhow);
    }
  }
}

TEST(Campaign, OtherSeedsExecuteOtherSchedules) {
  const auto picks = [](std::uint64_t seed) {
    return run_campaign(reorder(10), {.seed = seed, .executions = 50}).picks();
  };
  EXPECT_EQ(picks(1), picks(1));
  EXPECT_NE(picks(1), picks(2));
}

TEST(Campaign, NextWaitsForTheResultsOfARoundAndIsDoneAfterTheLast) {
  auto scheduler = std::make_unique<Scheduler>();
  Campaign campaign({.kind = CampaignKind::kPos, .executions = 200});
  std::vector<std::size_t> rounds;
  while (!campaign.is_done()) {
    std::vector<Schedule> round;
    while (auto schedule = campaign.next()) round.push_back(std::move(*schedule));
    rounds.push_back(round.size());
    for (const Schedule& schedule : round) {
      EXPECT_FALSE(campaign.next());
      EXPECT_FALSE(campaign.is_done());
      campaign.ran(schedule, trace_of(run(reorder(3), schedule, *scheduler)));
    }
  }
  EXPECT_EQ(rounds, (std::vector<std::size_t>{1, 1, 2, 4, 8, 16, 32, 64, 64, 8}));
  EXPECT_FALSE(campaign.next());
  EXPECT_TRUE(Campaign({.executions = 0}).is_done());
}

void learn(SurwProfile& profile, const Play& play) {
  for (const auto& [parent, child] : play.created) profile.task_created(parent, child);
  for (const Step& step : play.steps) profile.executed(step.task.id, step.operation);
  profile.end_execution();
}

std::map<TaskId, std::uint32_t> weights_of(const Hints& hints) {
  std::map<TaskId, std::uint32_t> result;
  for (std::uint32_t i = 0; i < hints.weight_count; ++i) result[hints.weights[i].task] = hints.weights[i].weight;
  return result;
}

TEST(Campaign, LengthForPctIsThatOfTheRoundsBefore) {
  const CampaignRun ran = run_campaign(twostage(3), {.kind = CampaignKind::kPct, .executions = 100}, 5, Ends::kAnyhow);
  std::uint32_t most = 0;
  std::size_t learned = 0;  // executions
  std::set<std::uint32_t> lengths;
  for (const Schedule& schedule : ran.schedules) {
    const bool begins_round = schedule.index == 0 || std::has_single_bit(schedule.index);
    for (; begins_round && learned < schedule.index; ++learned) {
      most = std::max(most, static_cast<std::uint32_t>(ran.plays[learned].choices.size()));
    }
    EXPECT_EQ(schedule.hints.choices, most) << schedule.index;
    lengths.insert(most);
  }
  EXPECT_GT(lengths.size(), 2u);
}

TEST(Campaign, WeightsForSurwAreThoseOfTheRoundsBeforeUpToTheFourthExecution) {
  const Program setter{set(0, 1), set(0, 2), set(0, 3), set(0, 4), set(0, 5)};
  const Program reader{load(0), end_if(3), load(0)};  // touches it once in a few executions, else twice
  const Scene scene{.programs = {setter, reader}, .roots = 2};
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const CampaignRun ran = run_campaign(scene, {.kind = CampaignKind::kSurw, .seed = seed, .executions = 20});
    SurwProfile profile;
    for (const Schedule& schedule : ran.schedules) {
      const std::uint64_t known = schedule.index;
      if (known == 1 || known == 2 || known == 4) {
        for (std::uint64_t i = known / 2; i < known; ++i) learn(profile, ran.plays[i]);
      }
      const Hints wanted = known % 6 == 5 ? profile.basic_hints() : profile.hints(schedule.seed);
      EXPECT_EQ(schedule.hints.object, wanted.object);
      EXPECT_EQ(weights_of(schedule.hints), weights_of(wanted));
    }
    EXPECT_TRUE(weights_of(ran.schedules[0].hints).empty());
    EXPECT_FALSE(weights_of(ran.schedules[1].hints).empty());
  }
}

TEST(Campaign, AQuarterOfTheDrawnSchedulesOfEveryStrategyLetsSleepersWake) {
  std::map<StrategyKind, int> all, slow;
  for (const Schedule& schedule : run_campaign(reorder(10), {.executions = 2000}).schedules) {
    ++all[schedule.kind];
    slow[schedule.kind] += schedule.slow_others;
  }
  EXPECT_EQ(all.size(), 4u);
  for (const auto& [kind, count] : all) {
    EXPECT_GT(slow[kind] * 100, count * 18) << static_cast<int>(kind);
    EXPECT_LT(slow[kind] * 100, count * 32) << static_cast<int>(kind);
  }
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const CampaignRun ran = run_campaign(lost_update(1), {.seed = seed, .executions = 60});
    ASSERT_EQ(ran.summary.drawn, 1u);
    for (const Schedule& schedule : ran.schedules) EXPECT_FALSE(schedule.slow_others);
  }
}

TEST(Campaign, ProgramThatSleepsIsNotDoneWithTheSchedulesOfTheFairClock) {
  const Program sleeper{yield(), own()};
  const Scene scene{.programs = {sleeper, sleeper}, .roots = 2};
  const CampaignRun ran = run_campaign(scene, {.executions = 60});
  EXPECT_EQ(ran.plays.size(), 60u);
  EXPECT_EQ(
      ran.summary.words(),
      "all 6 schedules in which who sleeps or only looks lets others go first, and 54 more, 1 distinct interleaving; "
      "chance that the next one shows something new about 2 %");
  EXPECT_EQ(exhaustive(scene, 9), "all 6 schedules in which who sleeps or only looks lets others go first");
}

TEST(Campaign, ClassicsAreExposedAndTheirTwinsAreNot) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const CampaignOptions options{.seed = seed, .executions = 400};
    for (const Scene& scene : {lost_update(1), crossed_locks(), flag_before_data(), reorder(5), twostage(5)}) {
      EXPECT_TRUE(run_campaign(scene, options).has_failed());
    }
    for (const Scene& scene : {lost_update_twin(1), crossed_locks_twin(), flag_before_data_twin(), reorder_twin(5)}) {
      EXPECT_FALSE(run_campaign(scene, options).has_failed());
    }
  }
}

}  // namespace
}  // namespace jitterlab
