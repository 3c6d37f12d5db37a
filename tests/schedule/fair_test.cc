#include "schedule/fair.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"

namespace jitterlab {
namespace {

using namespace simulation;

constexpr TaskRef kA{101, 0}, kB{102, 1}, kC{103, 2};

class FairTest : public testing::Test {
 protected:
  FairTest() {
    fair_->begin();
    for (const TaskRef task : {kA, kB, kC}) fair_->task_created(task);
  }

  // `task` carries out the operation `times` times if it may; returns how often it did.
  int repeat(TaskRef task, const Operation& operation, int times, TaskSet enabled) {
    int done = 0;
    while (done < times && (fair_->allowed(enabled) & task.bit()) != 0) {
      fair_->executed(task, operation);
      ++done;
    }
    return done;
  }

  std::unique_ptr<Fair> fair_ = std::make_unique<Fair>();
  const TaskSet all_ = kA.bit() | kB.bit() | kC.bit();
  const Operation read_{StepKind::kRead, false, Call::kNone, 4, 9, 0, 77};
};

TEST_F(FairTest, TaskThatReadsTheSameAgainAndAgainIsTakenOutUntilTheOthersRan) {
  EXPECT_LT(repeat(kA, read_, 1000, all_), 100);
  EXPECT_EQ(fair_->allowed(all_), kB.bit() | kC.bit());
  fair_->executed(kB, {StepKind::kWrite, true, Call::kNone, 4, 9});
  EXPECT_EQ(fair_->allowed(all_), kB.bit() | kC.bit());
  fair_->executed(kC, {StepKind::kWrite, true, Call::kNone, 4, 9});
  EXPECT_EQ(fair_->allowed(all_), all_);
}

TEST_F(FairTest, SpinningTaskGoesOnWhenNobodyElseCan) {
  EXPECT_EQ(repeat(kA, read_, 1000, kA.bit()), 1000);
  EXPECT_LT(repeat(kA, read_, 1000, all_), 100);
  EXPECT_EQ(fair_->allowed(kA.bit()), kA.bit());
}

TEST_F(FairTest, LoopThatOpensWhatIsNotThereYetIsSpinning) {
  EXPECT_LT(repeat(kA, {StepKind::kObject, true, Call::kNone, 0, 9, 0, 77}, 1000, all_), 100);
}

TEST_F(FairTest, NobodyIsIdleBeforeAllHaveSpunForLong) {
  EXPECT_EQ(repeat(kA, read_, 40, kA.bit()), 40);
  EXPECT_EQ(fair_->idle(), Fair::Idle::kNot);
  repeat(kA, read_, 1000, kA.bit());
  EXPECT_EQ(fair_->idle(), Fair::Idle::kOnlyLooks);
  EXPECT_EQ(fair_->idle(), Fair::Idle::kNot) << "it begins to count again";
}

TEST_F(FairTest, WhoTriesAndReleasesIsIdleInAnotherWay) {
  for (int i = 0; i < 500; ++i) {
    repeat(kA, {StepKind::kLock, true, Call::kNone, 0, 9, 0, 77}, 1, kA.bit());
    repeat(kA, {StepKind::kUnlock, true, Call::kNone, 0, 9, 0, 78}, 1, kA.bit());
  }
  EXPECT_EQ(fair_->idle(), Fair::Idle::kTriesAndReleases);
}

TEST_F(FairTest, WriteOfAnybodyEndsIdleness) {
  for (int i = 0; i < 100; ++i) {
    repeat(kA, read_, 40, kA.bit());
    repeat(kB, {StepKind::kWrite, true, Call::kNone, 4, 9, 0, 79}, 1, kB.bit());
    ASSERT_EQ(fair_->idle(), Fair::Idle::kNot);
  }
}

TEST_F(FairTest, LoopThatWritesOrSendsIsNotSpinning) {
  for (const StepKind kind : {StepKind::kWrite, StepKind::kSend, StepKind::kReceive, StepKind::kFork}) {
    for (int i = 0; i < 200; ++i) {
      ASSERT_EQ(repeat(kA, read_, 1, all_), 1);
      ASSERT_EQ(repeat(kA, {kind, true, Call::kNone, 4, 9, 0, 78}, 1, all_), 1);
    }
  }
}

TEST_F(FairTest, LoopOverAnArrayIsNotSpinning) {
  Operation read = read_;
  for (int i = 0; i < 1000; ++i, read.offset += 4) ASSERT_EQ(repeat(kA, read, 1, all_), 1);
}

TEST_F(FairTest, FewSleepsAreNotSpinningAndManyAre) {
  const Operation sleep{StepKind::kSleep, false, Call::kNone, 0, 0, 0, 80};
  EXPECT_EQ(repeat(kA, sleep, 4, all_), 4);
  EXPECT_LT(repeat(kA, sleep, 1000, all_), 20);
}

TEST_F(FairTest, TwoThatSpinAreBothHeldUpForTheThird) {
  repeat(kA, read_, 1000, all_);
  repeat(kB, read_, 1000, all_);
  repeat(kA, read_, 1000, all_);
  repeat(kB, read_, 1000, all_);
  EXPECT_EQ(fair_->allowed(all_), kC.bit());
}

TEST_F(FairTest, NewTaskInAnOldSlotIsBelowAndAboveNobody) {
  repeat(kA, read_, 1000, all_);
  ASSERT_EQ(fair_->allowed(all_), kB.bit() | kC.bit());
  fair_->executed(kB, {StepKind::kExit});
  ASSERT_EQ(fair_->allowed(kA.bit() | kC.bit()), kC.bit());
  fair_->task_created({104, kB.slot});
  fair_->executed(kC, {StepKind::kWrite, true, Call::kNone, 4, 9});
  EXPECT_EQ(fair_->allowed(all_), all_);
}

TEST(Fair, SpinningProgramsEndUnderEveryStrategy) {
  auto scheduler = std::make_unique<Scheduler>();
  scheduler->follow().clear();
  scheduler->replay().clear();
  for (const Scene& scene : {spinning(false), spinning(true), peterson()}) {
    for (const StrategyKind kind : {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos, StrategyKind::kSurw,
                                    StrategyKind::kFollow, StrategyKind::kReplay}) {
      for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Hints hints;
        hints.choices = 30;
        const Play made = run(scene, *scheduler, kind, seed, hints);
        ASSERT_FALSE(made.is_cut) << static_cast<int>(kind) << ' ' << made.picks().substr(0, 200);
        ASSERT_FALSE(made.has_failed);
      }
    }
  }
}

}  // namespace
}  // namespace jitterlab
