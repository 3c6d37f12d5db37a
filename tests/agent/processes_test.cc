// Processes, time and random numbers in controlled executions: every schedule ends as it must, and does so again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/controlled_repeats.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::Key;

constexpr int kRuns = 50;

Repeats repeat_twice(StrategyKind strategy, bool slow_others, const std::string& program, const std::string& name) {
  const std::vector<std::string> arguments{name};
  const Repeats first = repeat(kRuns, strategy, slow_others, program, arguments);
  EXPECT_EQ(first, repeat(kRuns, strategy, slow_others, program, arguments));
  EXPECT_EQ(first.lost, 0u);
  return first;
}

class Processes : public testing::TestWithParam<const char*> {};

TEST_P(Processes, StartEndAndAreWaitedFor) {
  for (const bool slow : {false, true}) {
    const Repeats repeats = repeat_twice(StrategyKind::kRandom, slow, "process_kinds", GetParam());
    EXPECT_THAT(repeats.endings, ElementsAre(Key("exit 0: ")));
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Processes, testing::Values("endings", "waits", "daemons", "vforks", "shells"),
                         [](const auto& one) { return std::string(one.param); });

// It runs beside the others, so the traces differ.
TEST(ProcessesWithoutTheAgent, AreWaitedFor) {
  const Repeats repeats =
      repeat(kRuns, StrategyKind::kRandom, false, "process_kinds", {"without_agent", PROGRAMS "/ends_with_3.static"});
  EXPECT_THAT(repeats.endings, ElementsAre(Key("exit 0: ")));
  EXPECT_EQ(repeats.lost, 0u);
}

class Timers : public testing::TestWithParam<const char*> {};

TEST_P(Timers, ExpireInVirtualTime) {
  for (const StrategyKind strategy : {StrategyKind::kRandom, StrategyKind::kPct}) {
    for (const bool slow : {false, true}) {
      const Repeats repeats = repeat_twice(strategy, slow, "time_kinds", GetParam());
      EXPECT_THAT(repeats.endings, ElementsAre(Key("exit 0: ")));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Timers, testing::Values("alarms", "timers", "leaps"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Timers, OfManyTicksDoNotStarveTheProgram) {
  const Repeats repeats = repeat(3, StrategyKind::kRandom, false, "signal_in_delay", {});
  EXPECT_THAT(repeats.endings, ElementsAre(Key("exit 0: ")));
  EXPECT_EQ(repeats, repeat(3, StrategyKind::kRandom, false, "signal_in_delay", {}));
}

TEST(Time, IsTheSameInEveryRepetition) {
  EXPECT_EQ(repeat_twice(StrategyKind::kRandom, false, "time_kinds", "clocks").endings.size(), 1u);
}

TEST(Time, LetsTheShorterSleeperGoFirstUnlessItIsAdversarial) {
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, false, "time_kinds", "sleepers").endings,
              ElementsAre(Key("exit 0: 12\n")));
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, true, "time_kinds", "sleepers").endings,
              ElementsAre(Key("exit 0: 12\n"), Key("exit 0: 21\n")));
}

TEST(RandomNumbers, AreTheSameInEveryRepetition) {
  EXPECT_EQ(repeat_twice(StrategyKind::kRandom, false, "time_kinds", "chances").endings.size(), 1u);
}

}  // namespace
}  // namespace jitterlab
