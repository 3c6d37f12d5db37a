#include "schedule/exploration.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "schedule/classics.h"

namespace jitterlab {
namespace {

using namespace simulation;

struct Explored {
  std::set<std::string> schedules, outcomes;
  std::uint64_t executions = 0;
  bool is_complete = false;
  int covered_bound = -1;
};

constexpr int kNoBound = 1000;

Explored explore(const Scene& scene, int bound = kNoBound) {
  auto scheduler = std::make_unique<Scheduler>();
  Exploration exploration(bound);
  Explored result;
  while (const auto prefix = exploration.next()) {
    const Play made = follow(scene, *prefix, *scheduler);
    EXPECT_EQ(scheduler->differs_at(), -1);
    EXPECT_LE(made.recording.preemptions, bound);
    EXPECT_TRUE(exploration.ran(*prefix, made.choices));
    result.schedules.insert(made.picks());
    result.outcomes.insert(made.outcome);
  }
  result.executions = exploration.executions();
  result.is_complete = exploration.is_complete();
  result.covered_bound = exploration.covered_bound();
  return result;
}

// The same by copying the world at every choice, without any of the code under test.
void brute_force(const World& world, int last, int preemptions_left, const std::string& picks, Explored& result) {
  const std::vector<int> enabled = world.enabled();
  if (enabled.empty()) {
    ++result.executions;
    result.schedules.insert(picks);
    result.outcomes.insert(world.outcome());
    return;
  }
  const bool could_go_on = std::find(enabled.begin(), enabled.end(), last) != enabled.end();
  for (const int next : enabled) {
    const int left = preemptions_left - (could_go_on && next != last);
    if (left < 0) continue;
    World copy = world;
    copy.execute(next);
    brute_force(copy, next, left, picks + static_cast<char>('A' + next), result);
  }
}

Explored brute_force(const Scene& scene, int bound = kNoBound) {
  Explored result;
  brute_force(World(scene), -1, bound, "", result);
  return result;
}

void expect_same(const Scene& scene, int bound = kNoBound) {
  const Explored wanted = brute_force(scene, bound);
  const Explored explored = explore(scene, bound);
  EXPECT_EQ(explored.schedules, wanted.schedules);
  EXPECT_EQ(explored.outcomes, wanted.outcomes);
  EXPECT_EQ(explored.executions, wanted.executions);  // none twice
}

TEST(Exploration, TwoTasksOfThreeIndependentStepsHave20Schedules) {
  const Explored explored = explore({.programs = {3 * Program{own()}, 3 * Program{own()}}, .roots = 2});
  EXPECT_EQ(explored.executions, 20u);
  EXPECT_EQ(explored.schedules.size(), 20u);
  EXPECT_TRUE(explored.is_complete);
}

TEST(Exploration, ThreeTasksOfTwoIndependentStepsHave90Schedules) {
  const Program two = 2 * Program{own()};
  const Explored explored = explore({.programs = {two, two, two}, .roots = 3});
  EXPECT_EQ(explored.executions, 90u);
  EXPECT_EQ(explored.schedules.size(), 90u);
}

TEST(Exploration, SingleTaskHasOneSchedule) {
  const Explored explored = explore({.programs = {3 * Program{own()}}});
  EXPECT_EQ(explored.executions, 1u);
  EXPECT_TRUE(explored.is_complete);
}

TEST(Exploration, BlockingAndForkingProgramsAreExploredLikeByBruteForce) {
  const Program producer{p(0), store(0, 1), v(1)}, consumer{p(1), load(0), v(0)};
  expect_same({.programs = {2 * producer, 2 * consumer, producer}, .roots = 3, .semaphores = {2, 0}});
  expect_same(crossed_locks());
  expect_same(lost_update(2));
  expect_same(flag_before_data());
  expect_same(reorder(2));
}

TEST(Exploration, BoundedExplorationIsThatOfBruteForceForEachBound) {
  for (int bound = 0; bound <= 3; ++bound) {
    expect_same(lost_update(2), bound);
    expect_same(crossed_locks(), bound);
    expect_same(twostage(1), bound);
    expect_same({.programs = {3 * Program{own()}, 3 * Program{own()}, 2 * Program{own()}}, .roots = 3}, bound);
  }
}

TEST(Exploration, BoundIsSaidToBeCoveredOnlyWhenItIs) {
  auto scheduler = std::make_unique<Scheduler>();
  Exploration exploration(2);
  EXPECT_EQ(exploration.covered_bound(), -1);
  std::vector<int> covered;
  while (const auto prefix = exploration.next()) {
    exploration.ran(*prefix, follow(lost_update(2), *prefix, *scheduler).choices);
    if (covered.empty() || covered.back() != exploration.covered_bound())
      covered.push_back(exploration.covered_bound());
  }
  EXPECT_EQ(covered, (std::vector<int>{-1, 0, 1, 2}));
  EXPECT_TRUE(exploration.is_done());
  EXPECT_FALSE(exploration.is_complete());  // there are schedules with three preemptions
}

TEST(Exploration, CorrectProgramsHaveNoFailingSchedule) {
  for (const Scene& scene : {lost_update_twin(2), flag_before_data_twin(), crossed_locks_twin(), reorder_twin(2)}) {
    auto scheduler = std::make_unique<Scheduler>();
    Exploration exploration(kNoBound);
    while (const auto prefix = exploration.next()) {
      const Play made = follow(scene, *prefix, *scheduler);
      EXPECT_FALSE(made.has_failed) << made.picks() << made.outcome;
      exploration.ran(*prefix, made.choices);
    }
    EXPECT_TRUE(exploration.is_complete());
  }
}

TEST(Exploration, SpinningProgramIsExploredWithoutRunningForEver) {
  for (const bool yields : {false, true}) {
    auto scheduler = std::make_unique<Scheduler>();
    Exploration exploration(1);
    while (const auto prefix = exploration.next()) {
      const Play made = follow(spinning(yields), *prefix, *scheduler);
      ASSERT_FALSE(made.is_cut) << made.picks().substr(0, 100);
      EXPECT_FALSE(made.has_failed);
      ASSERT_TRUE(exploration.ran(*prefix, made.choices));
    }
    EXPECT_EQ(exploration.covered_bound(), 1);
  }
}

TEST(Exploration, SeveralPrefixesMayBeUnderWayAtATime) {
  auto scheduler = std::make_unique<Scheduler>();
  const Scene scene{.programs = {3 * Program{own()}, 3 * Program{own()}}, .roots = 2};
  Exploration exploration(kNoBound);
  std::set<std::string> schedules;
  std::vector<std::vector<Choice>> under_way;
  while (!exploration.is_done()) {
    while (auto prefix = exploration.next()) under_way.push_back(*prefix);
    ASSERT_FALSE(under_way.empty());
    const Play made = follow(scene, under_way.back(), *scheduler);
    exploration.ran(under_way.back(), made.choices);
    under_way.pop_back();
    schedules.insert(made.picks());
  }
  EXPECT_EQ(schedules.size(), 20u);
  EXPECT_EQ(exploration.executions(), 20u);
}

TEST(Exploration, ProgramThatDoesNotFollowIsNoticedAndNothingIsClaimed) {
  auto scheduler = std::make_unique<Scheduler>();
  Exploration exploration(2);
  const auto first = exploration.next();
  ASSERT_TRUE(exploration.ran(*first, follow(lost_update(2), *first, *scheduler).choices));
  const Scene three{.programs = {{own()}, {own()}, {own()}}, .roots = 3};
  const auto second = exploration.next();
  ASSERT_FALSE(second->empty());
  const Play other = follow(three, *second, *scheduler);  // another program in its place
  EXPECT_GE(scheduler->differs_at(), 0);
  EXPECT_FALSE(exploration.ran(*second, other.choices));
  while (const auto prefix = exploration.next()) {
    exploration.ran(*prefix, follow(lost_update(2), *prefix, *scheduler).choices);
  }
  EXPECT_FALSE(exploration.is_complete());
  EXPECT_EQ(exploration.covered_bound(), -1);
}

TEST(Follow, FullPrefixTakesNoMoreChoices) {
  auto follow = std::make_unique<Follow>();
  for (int i = 0; i < Follow::kMaxPrefix; ++i) ASSERT_TRUE(follow->add(Choice{2, 0, 0}));
  EXPECT_FALSE(follow->add(Choice{2, 0, 0}));
  follow->clear();
  EXPECT_TRUE(follow->add(Choice{2, 0, 0}));
}

}  // namespace
}  // namespace jitterlab
