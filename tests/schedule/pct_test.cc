#include "schedule/pct.h"

#include <gtest/gtest.h>

#include <iostream>

#include "schedule/classics.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

using namespace simulation;

// How many of `executions` fail, all with the same k.
int failures(const Scene& scene, std::uint32_t depth, std::uint32_t choices, int executions) {
  auto scheduler = std::make_unique<Scheduler>();
  Hints hints;
  hints.depth = depth;
  hints.choices = choices;
  int failed = 0;
  for (int i = 0; i < executions; ++i) {
    failed += run(scene, *scheduler, StrategyKind::kPct, mix(5, static_cast<std::uint64_t>(i)), hints).has_failed;
  }
  return failed;
}

std::uint32_t most_choices(const Scene& scene) {
  auto scheduler = std::make_unique<Scheduler>();
  std::size_t most = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    most = std::max(most, run(scene, *scheduler, StrategyKind::kRandom, seed).choices.size());
  }
  return static_cast<std::uint32_t>(most);
}

// A lost update in the middle of much else.
Scene hidden_lost_update() {
  const Program side = 12 * Program{own()} + Program{load(0), store(0, 1)} + 12 * Program{own()};
  return {.programs = {side, side}, .roots = 2, .at_the_end = {{0, 2}}};
}

void expect_guarantee(const char* name, const Scene& scene, int tasks) {
  constexpr int kExecutions = 4000;
  const std::uint32_t k = most_choices(scene);
  const int failed = failures(scene, 2, k, kExecutions);
  const double guaranteed = 1.0 * kExecutions / (tasks * static_cast<double>(k));
  std::cout << name << ": k " << k << ", failed " << failed << " of " << kExecutions << ", guaranteed " << guaranteed
            << '\n';
  EXPECT_GE(failed, guaranteed) << name;
}

TEST(Pct, BugsOfDepthTwoAreFoundAsOftenAsGuaranteed) {
  expect_guarantee("lost update", hidden_lost_update(), 2);
  expect_guarantee("crossed locks", crossed_locks(), 2);
  expect_guarantee("flag before data", flag_before_data(), 2);
  expect_guarantee("twostage(3)", twostage(3), 5);
}

TEST(Pct, WithoutChangePointsAPreemptionIsNeverMade) {
  EXPECT_EQ(failures(hidden_lost_update(), 1, 50, 300), 0);
  EXPECT_EQ(failures(hidden_lost_update(), 2, 0, 300), 0);  // k is not known yet
}

TEST(Pct, BugOfDepthOneIsFoundByPrioritiesAlone) {
  const Scene order{.programs = {5 * Program{own()} + Program{set(0, 1)}, {load(0), expect(1)}}, .roots = 2};
  EXPECT_NEAR(failures(order, 1, 0, 1000), 500, 60);
}

// Two change points, and the two demoted tasks must end up in each order: B lowered after A, and A after B.
TEST(Pct, DemotedTasksComeInBothOrders) {
  auto scheduler = std::make_unique<Scheduler>();
  const Program ten = 10 * Program{own()};
  int first_runs_first = 0, demoted_twice = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Hints hints;
    hints.depth = 3;
    hints.choices = 20;
    const std::string picks =
        run({.programs = {ten, ten, ten}, .roots = 3}, *scheduler, StrategyKind::kPct, seed, hints).picks();
    std::string order;  // runs of one task
    for (const char task : picks) {
      if (order.empty() || order.back() != task) order += task;
    }
    // X is lowered, Y is lowered, Z ends; then X or Y.
    if (order.size() != 5 || order[0] == order[2] || order[1] == order[2]) continue;
    ++demoted_twice;
    first_runs_first += order[3] == order[0];
  }
  EXPECT_GT(demoted_twice, 50);
  EXPECT_GT(first_runs_first, demoted_twice / 4);
  EXPECT_LT(first_runs_first, demoted_twice * 3 / 4);
}

TEST(Pct, MoreChangePointsThanChoicesAreCutToTheChoices) { EXPECT_GT(failures(lost_update(1), 8, 2, 200), 0); }

TEST(Pct, TaskThatYieldsIsLoweredBelowEveryone) {
  auto scheduler = std::make_unique<Scheduler>();
  const Scene scene{.programs = {{own(), yield(), own()}, {own(), own()}}, .roots = 2};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::string picks = run(scene, *scheduler, StrategyKind::kPct, seed).picks();
    EXPECT_TRUE(picks == "AABBA" || picks == "BBAAA") << picks;
  }
}

}  // namespace
}  // namespace jitterlab
