// Failures that need a sleep to end early, from both sides.
#include "analysis/sleep_order.h"

#include <gtest/gtest.h>

#include "analysis/made_execution.h"

namespace jitterlab {
namespace {

class Sleeping : public Made {
 public:
  Sleeping() { created(2, 1); }
  void sleeps(TaskId task, std::uint64_t line, std::uint8_t could_go_on, std::uint8_t flags) {
    TraceEvent& event = did(task, {.kind = StepKind::kSleep, .place = line});
    event.choice.count = could_go_on;
    event.flags = flags;
  }
};

constexpr std::uint8_t kOver = TraceEvent::kTimed | TraceEvent::kTimedOut;

SleepOrder counted(int early_failures, int other_failures, int others = 120) {
  SleepOrder order;
  for (int i = 0; i < 40; ++i)
    order.add(true, i < early_failures ? std::set<std::string>{"exit 1"} : std::set<std::string>());
  for (int i = 0; i < others; ++i)
    order.add(false, i < other_failures ? std::set<std::string>{"exit 1"} : std::set<std::string>());
  return order;
}

Sleeping early() {
  Sleeping run;
  run.sleeps(2, 12, 2, kOver);
  return run;
}

TEST(SleepOrder, TellsTheSleepThatEndedBeforeOthersHadGotOn) {
  Sleeping run = early();
  run.sleeps(1, 20, 1, kOver);  // the others waited or slept
  const std::optional<Found> found = counted(7, 0).told("exit 1", run.observation);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, "sleep-as-synchronisation");
  EXPECT_EQ(found->what,
            "this failure, `exit 1`, came in 7 of 40 schedules in which a sleep may end before others have got on, and "
            "in none of 120 "
            "others: a sleep orders nothing");
  ASSERT_EQ(found->steps.size(), 1u);
  EXPECT_EQ(found->steps[0].task, 2u);
  EXPECT_EQ(found->steps[0].operation.place, 12u);
}

TEST(SleepOrder, AFailureThatAlsoComesWithoutIsNotTheSleeps) {
  EXPECT_FALSE(counted(40, 1).told("exit 1", early().observation));
}

TEST(SleepOrder, FewFailuresAndFewOtherExecutionsProveNothing) {
  EXPECT_FALSE(counted(3, 0).told("exit 1", early().observation));
  EXPECT_FALSE(counted(7, 0, 99).told("exit 1", early().observation));
  EXPECT_TRUE(counted(4, 0, 100).told("exit 1", early().observation));
}

TEST(SleepOrder, AnotherFailureIsNotMeant) { EXPECT_FALSE(counted(7, 0).told("deadlock", early().observation)); }

TEST(SleepOrder, WithoutASleepThatEndedEarlyNothingIsSaid) {
  Sleeping waits_in_time, yields;
  waits_in_time.sleeps(2, 12, 1, kOver);
  yields.sleeps(2, 12, 2, 0);
  EXPECT_FALSE(counted(7, 0).told("exit 1", waits_in_time.observation));
  EXPECT_FALSE(counted(7, 0).told("exit 1", yields.observation));
  EXPECT_FALSE(counted(7, 0).told("exit 1", Observation()));
}

}  // namespace
}  // namespace jitterlab
