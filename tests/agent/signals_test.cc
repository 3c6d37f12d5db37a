// Signals in controlled executions: every schedule that is tried ends as it must, and does so again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/controlled_repeats.h"

namespace jitterlab {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Key;

constexpr int kRuns = 60;

Repeats repeat_twice(StrategyKind strategy, bool slow_others, const std::string& name) {
  const Repeats first = repeat(kRuns, strategy, slow_others, "signal_kinds", {name});
  EXPECT_EQ(first, repeat(kRuns, strategy, slow_others, "signal_kinds", {name}));
  EXPECT_EQ(first.lost, 0u);
  return first;
}

class CorrectSignals : public testing::TestWithParam<const char*> {};

TEST_P(CorrectSignals, EndInOneWayUnderEverySchedule) {
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, false, GetParam()).endings, ElementsAre(Key("exit 0: ")));
  EXPECT_THAT(repeat_twice(StrategyKind::kPct, true, GetParam()).endings, ElementsAre(Key("exit 0: ")));
}

INSTANTIATE_TEST_SUITE_P(Cases, CorrectSignals,
                         testing::Values("fatal", "nothing", "stops", "suspends", "waits", "stack", "group",
                                         "end_group", "one_thread", "first_thread", "cancels", "cancels_later", "reaps",
                                         "pipes"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Signals, ComeBetweenLoadAndStore) {
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, false, "between").endings,
              ElementsAre(Key("exit 0: 0\n"), Key("exit 0: 1\n")));
}

TEST(Signals, ThatAreBlockedDoNotComeBetween) {
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, true, "masked").endings, ElementsAre(Key("exit 0: 1\n")));
}

TEST(Signals, BeforePauseAreLostInSomeSchedules) {
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, false, "lost").endings,
              ElementsAre(Key("at rest: "), Key("exit 0: ")));
}

TEST(Signals, RunInAnyThreadThatLetsThemThrough) {
  EXPECT_THAT(repeat_twice(StrategyKind::kRandom, false, "threads").endings,
              ElementsAre(Key("exit 0: first\n"), Key("exit 0: second\n")));
}

TEST(Signals, InterruptWhatWaitsAndOnlyThat) {
  const auto endings = repeat_twice(StrategyKind::kRandom, false, "interrupts").endings;
  EXPECT_THAT(endings, IsSupersetOf({Key("exit 0: semop sleep wait\n"), Key("exit 0: semop sleep -\n")}));
  for (const auto& [words, times] : endings) EXPECT_TRUE(words.starts_with("exit 0: ")) << words;
}

}  // namespace
}  // namespace jitterlab
