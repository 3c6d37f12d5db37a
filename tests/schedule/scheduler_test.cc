#include "schedule/scheduler.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <type_traits>

#include "schedule/classics.h"

namespace jitterlab {
namespace {

using namespace simulation;

// What memory shared by processes asks for.
static_assert(std::is_trivially_copyable_v<Scheduler> && std::is_trivially_destructible_v<Scheduler>);
static_assert(std::is_trivially_copyable_v<Enabled> && std::is_trivially_copyable_v<Hints>);

constexpr StrategyKind kDrawing[] = {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos,
                                     StrategyKind::kSurw};

Hints some_hints() {
  Hints hints;
  hints.choices = 20;
  return hints;
}

TEST(Scheduler, SameSeedMakesTheSamePicksAndOthersMakeOthers) {
  auto one = std::make_unique<Scheduler>(), other = std::make_unique<Scheduler>();
  for (const StrategyKind kind : kDrawing) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const Play made = run(twostage(3), *one, kind, seed, some_hints());
      run(lost_update(3), *other, kind, seed + 1);  // whatever it did before
      EXPECT_EQ(run(twostage(3), *other, kind, seed, some_hints()).picks(), made.picks());
      seen.insert(made.picks());
    }
    EXPECT_GT(seen.size(), 20u) << static_cast<int>(kind);
  }
}

TEST(Scheduler, BeginsOnZeroBytesAsOnANewOne) {
  auto made = std::make_unique<Scheduler>(), zeros = std::make_unique<Scheduler>();
  for (const StrategyKind kind : {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos, StrategyKind::kSurw,
                                  StrategyKind::kFollow, StrategyKind::kReplay}) {
    std::memset(static_cast<void*>(zeros.get()), 0, sizeof(Scheduler));
    const Play expected = run(twostage(3), *made, kind, 5, some_hints());
    EXPECT_EQ(run(twostage(3), *zeros, kind, 5, some_hints()).picks(), expected.picks()) << static_cast<int>(kind);
    EXPECT_EQ(zeros->differs_at(), -1);
  }
}

TEST(Scheduler, StateIsTheSameAtAnotherAddressInTheMiddleOfAnExecution) {
  auto one = std::make_unique<Scheduler>();
  auto enabled = std::make_unique<Enabled>();
  enabled->count = 3;
  for (std::uint32_t i = 0; i < 3; ++i)
    enabled->pending[i] = {{100 + i, i}, {StepKind::kWrite, true, Call::kNone, 4, 9}};
  for (const StrategyKind kind : kDrawing) {
    one->begin(kind, 7, some_hints());
    for (int i = 0; i < 3; ++i) one->task_created(kNobody, enabled->pending[i].task);
    one->executed(enabled->pending[0].task, enabled->pending[0].operation);
    auto moved = std::make_unique<Scheduler>();
    std::memcpy(static_cast<void*>(moved.get()), one.get(), sizeof(Scheduler));
    for (int step = 0; step < 20; ++step) {
      const int picked = one->choose(*enabled);
      ASSERT_EQ(moved->choose(*enabled), picked);
      one->executed(enabled->pending[picked].task, enabled->pending[picked].operation);
      moved->executed(enabled->pending[picked].task, enabled->pending[picked].operation);
    }
  }
}

TEST(Scheduler, ForcedStepsAreNotCountedAsChoices) {
  auto scheduler = std::make_unique<Scheduler>();
  run({.programs = {10 * Program{own()}}}, *scheduler, StrategyKind::kRandom, 1);
  EXPECT_EQ(scheduler->choices(), 0u);
  const Play made = run(crossed_locks(), *scheduler, StrategyKind::kRandom, 1);
  EXPECT_EQ(scheduler->choices(), made.choices.size());
  EXPECT_LT(made.choices.size(), made.steps.size());
}

TEST(Scheduler, ChoiceSaysWhetherATaskThatCouldGoOnWasLeft) {
  EXPECT_TRUE((Choice{.count = 2, .picked = 1, .last = 0}).is_preemption());
  EXPECT_FALSE((Choice{.count = 2, .picked = 1, .last = 1}).is_preemption());
  EXPECT_FALSE((Choice{.count = 2, .picked = 1, .last = Choice::kNone}).is_preemption());
}

TEST(Scheduler, AsManyTasksAsThereMayBeAreScheduledToTheirEnd) {
  auto scheduler = std::make_unique<Scheduler>();
  const Scene scene{.programs = {fork_all(kMaxTasks - 1, 1), {own(), own()}}};
  for (const StrategyKind kind : kDrawing) {
    EXPECT_EQ(run(scene, *scheduler, kind, 3, some_hints()).steps.size(), 3u * (kMaxTasks - 1));
  }
}

}  // namespace
}  // namespace jitterlab
