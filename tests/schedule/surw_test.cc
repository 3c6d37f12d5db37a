#include "schedule/surw.h"

#include <gtest/gtest.h>

#include <map>

#include "schedule/classics.h"
#include "schedule/exposure.h"

namespace jitterlab {
namespace {

using namespace simulation;

// The order in which tasks touch variable 0, by letter.
std::string order_at_variable(const Play& run) {
  std::string order;
  for (const Step& step : run.steps) {
    if (step.operation.object == 1 && step.operation.offset == 0) order += static_cast<char>('A' + step.task.slot);
  }
  return order;
}

SurwProfile profile_of(const Scene& scene, Scheduler& scheduler) {
  SurwProfile profile;
  const Play run = simulation::run(scene, scheduler, StrategyKind::kRandom, 1);
  for (const auto& [parent, child] : run.created) profile.task_created(parent, child);
  for (const Step& step : run.steps) profile.executed(step.task.id, step.operation);
  profile.end_execution();
  return profile;
}

// Chi-square of the orders against `orders` equally likely ones, over 4,000 seeds.
double chi_square(const Scene& scene, StrategyKind kind, std::size_t orders) {
  constexpr int kExecutions = 4000;
  auto scheduler = std::make_unique<Scheduler>();
  const SurwProfile profile = profile_of(scene, *scheduler);
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 0; seed < kExecutions; ++seed) {
    ++seen[order_at_variable(run(scene, *scheduler, kind, seed, profile.hints(seed)))];
  }
  EXPECT_LE(seen.size(), orders);
  const double expected = static_cast<double>(kExecutions) / static_cast<double>(orders);
  double result = static_cast<double>(orders - seen.size()) * expected;
  for (const auto& [order, count] : seen) result += (count - expected) * (count - expected) / expected;
  return result;
}

// Three accesses each; what lies between them is long in one task and short in the other.
Scene uneven() {
  const Program with_much_else = 3 * (Program{store(0, 1)} + 10 * Program{own()});
  return {.programs = {3 * Program{store(0, 1)}, with_much_else}, .roots = 2};
}

// The parent touches it once before it forks and twice after, the child three times: 10 orders.
Scene forking() {
  const Program parent = Program{store(0, 1), fork(1), own(), store(0, 1)} + 5 * Program{own()} + Program{store(0, 1)};
  return {.programs = {parent, 3 * Program{own(), store(0, 1)}}};
}

// The limits are passed by chance once in a thousand times; the seeds are fixed.
TEST(Surw, InterleavingsOfTheChosenObjectAreEquallyLikely) {
  EXPECT_LT(chi_square(uneven(), StrategyKind::kSurw, 20), 43.8);
  EXPECT_LT(chi_square(forking(), StrategyKind::kSurw, 10), 27.9);
}

// One task with four accesses, each followed by more and more that is not looked at, and a signal sent to it: before
// which access does it come?
int gap_of_signal(Surw& surw, std::uint64_t seed) {
  constexpr TaskRef kTask{1, 0}, kSender{2, 1};
  constexpr int kAccesses = 4;
  Hints hints{.object = 9, .size = 8, .signalled = kTask.id, .weight_count = 2};
  hints.weights[0] = {kTask.id, kAccesses};
  hints.weights[1] = {kSender.id, 1};
  surw.begin(seed, hints);
  surw.task_created(kNobody, kTask);
  surw.task_created(kNobody, kSender);
  auto enabled = std::make_unique<Enabled>();
  for (int access = 0; access < kAccesses; ++access) {
    for (int other = 0; other <= access * access; ++other) {
      const Operation own = {.kind = StepKind::kWrite, .is_write = true, .size = 4, .object = other == 0 ? 9u : 8u};
      enabled->pending[0] = {kTask, own};
      enabled->pending[1] = {kSender, {.kind = StepKind::kSignal, .is_write = true, .object = kTask.id}};
      enabled->count = 2;
      if (surw.pick(*enabled) == 1) return access + (other != 0);
      surw.executed(kTask, own);
      ++enabled->step;
    }
  }
  return kAccesses;
}

TEST(Surw, ASignalComesBetweenAnyTwoAccessesEquallyOften) {
  constexpr int kExecutions = 5000;
  auto surw = std::make_unique<Surw>();
  std::map<int, int> gaps;
  for (std::uint64_t seed = 0; seed < kExecutions; ++seed) ++gaps[gap_of_signal(*surw, seed)];
  ASSERT_EQ(gaps.size(), 5u);
  for (const auto& [gap, count] : gaps) EXPECT_NEAR(count, kExecutions / 5, 120) << gap;
}

TEST(Surw, ThatIsNotSoForOtherStrategies) {
  EXPECT_GT(chi_square(uneven(), StrategyKind::kRandom, 20), 1000);
  EXPECT_GT(chi_square(uneven(), StrategyKind::kPos, 20), 200);
}

TEST(Surw, ClassicsAreExposedWithinFewSchedules) {
  EXPECT_LT(exposure("surw, lost update", lost_update(1), StrategyKind::kSurw).mean, 10);
  EXPECT_LT(exposure("surw, crossed locks", crossed_locks(), StrategyKind::kSurw).mean, 20);
  EXPECT_LT(exposure("surw, reorder(10)", reorder(10), StrategyKind::kSurw).mean, 100);
  EXPECT_LT(exposure("surw, twostage(10)", twostage(10), StrategyKind::kSurw).mean, 300);
}

TEST(Surw, ReorderIsHopelessForTheRandomWalk) {
  EXPECT_GT(exposure("random, reorder(10)", reorder(10), StrategyKind::kRandom, 5, 1000).mean, 300);
}

TEST(Surw, IntendedTaskThatWaitsForAnotherIsForgotten) {
  // All accesses under a lock: whoever is intended may wait for the one that is held up inside.
  Campaign campaign(lost_update_twin(5), 3);
  for (int i = 0; i < 300; ++i) {
    const Play made = campaign.next(StrategyKind::kSurw);
    EXPECT_FALSE(made.has_failed);
    EXPECT_FALSE(made.is_cut);
  }
}

TEST(Surw, WrongWeightsStallNothing) {
  auto scheduler = std::make_unique<Scheduler>();
  for (const std::uint32_t weight : {0u, 1u, 1000u}) {
    Hints hints;
    hints.object = 1;
    hints.size = 8;
    hints.weights[hints.weight_count++] = {World(uneven()).task(0).id, weight};
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      EXPECT_FALSE(run(uneven(), *scheduler, StrategyKind::kSurw, seed, hints).is_cut);
    }
  }
}

// A slot that is given again does not hand down what its first task had.
TEST(Surw, TaskThatExitsLeavesNoWeightBehind) {
  auto enabled = std::make_unique<Enabled>();
  auto surw = std::make_unique<Surw>();
  Hints hints;
  hints.object = 9;
  hints.weights[hints.weight_count++] = {101, 1'000'000};
  hints.weights[hints.weight_count++] = {102, 1};
  hints.weights[hints.weight_count++] = {103, 1};
  int picked_first = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    surw->begin(seed, hints);
    surw->task_created(kNobody, {101, 0});
    surw->executed({101, 0}, {StepKind::kExit});
    surw->task_created(kNobody, {102, 0});
    surw->task_created(kNobody, {103, 1});
    enabled->count = 2;
    enabled->pending[0] = {{102, 0}, {StepKind::kWrite, true, Call::kNone, 4, 9}};
    enabled->pending[1] = {{103, 1}, {StepKind::kWrite, true, Call::kNone, 4, 9}};
    picked_first += surw->pick(*enabled) == 0;
  }
  EXPECT_NEAR(picked_first, 500, 60);
}

}  // namespace
}  // namespace jitterlab
