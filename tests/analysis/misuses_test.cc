// Each misuse from both sides.
#include "analysis/misuses.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "analysis/made_execution.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

constexpr std::uint64_t kSet = 50;
constexpr std::uint32_t kFirst = 1;

// Two children of main, and a set of semaphores.
class Using : public Made {
 public:
  Using() {
    end().objects.resize(61);
    end().objects[kSet] = {NamedKind::kSemaphores, 7};
    end().objects[60] = {NamedKind::kSegment, 8};
    created(2, 1);
    created(3, 1);
  }
  void sets(TaskId task, int member, std::uint64_t line) {
    Operation operation = call(Call::kSemaphoreSet, StepKind::kObject, kSet, line);
    operation.offset = static_cast<std::uint64_t>(member);
    operation.size = 1;
    did(task, operation, 1);
  }
  void uses(TaskId task, int member, int change, std::uint64_t line) {
    semop(task, member, change, 0, line);
    const std::uint64_t bit = std::uint64_t{kFirst} << member;
    end().trace.events.back().detail = change > 0 ? bit << 32 : bit;
  }
  void waits_for_child(TaskId task) { did(task, {.kind = StepKind::kWait, .call = Call::kChildWait, .object = task}); }
  std::vector<std::string> kinds() const {
    std::vector<std::string> kinds;
    for (const Found& found : misuses_in(observation)) kinds.push_back(found.kind);
    return kinds;
  }
};

const std::vector<std::string> kNone, kSetAgain = {"value-set-again"};

TEST(ValueSetAgain, AfterAnUseThatNothingOrdersIsFoundWithBothLines) {
  Using run;
  run.sets(2, 0, 10);
  run.uses(2, 0, -1, 11);
  run.sets(3, 0, 10);
  const auto found = misuses_in(run.observation);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].what,
            "semaphore 0 of semaphore set 1 is set again after another has used it, and nothing orders the two");
  ASSERT_EQ(found[0].steps.size(), 2u);
  EXPECT_EQ(found[0].steps[0].operation.place, 11u);
  EXPECT_EQ(found[0].steps[1].task, 3u);
}

TEST(ValueSetAgain, AnotherMemberOrOwnUseIsNone) {
  Using run;
  run.uses(2, 1, -1, 11);
  run.sets(3, 0, 10);
  run.uses(3, 0, 1, 12);
  run.sets(3, 0, 13);
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(ValueSetAgain, BeforeAnyUseIsNone) {
  Using run;
  run.sets(1, 0, 10);
  run.sets(1, 0, 11);
  run.uses(2, 0, -1, 12);
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(ValueSetAgain, BetweenTwoRoundsIsNone) {
  Using run;
  run.uses(2, 0, -1, 11);
  run.ends(2, 12);
  run.waits_for_child(1);
  run.sets(1, 0, 13);
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(ValueSetAgain, BySomebodyWhoWasToldByAnotherSemaphoreIsNone) {
  Using run;
  run.uses(2, 0, -1, 11);
  run.uses(2, 1, 1, 12);
  run.uses(3, 1, -1, 13);
  run.sets(3, 0, 14);
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(ValueSetAgain, ATryThatFailedWasNoUse) {
  Using run;
  run.uses(2, 0, -1, 11);
  run.end().trace.events.back().value = kFailedCall;
  run.sets(3, 0, 14);
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(ValueSetAgain, AllMembersAreSetBySetall) {
  Using run;
  run.uses(2, 1, 1, 11);
  run.did(3, Made::call(Call::kSemaphoresSet, StepKind::kObject, kSet, 14), 1);
  EXPECT_EQ(run.kinds(), kSetAgain);
}

TEST(ValueSetAgain, WithoutControlNothingIsSaid) {
  Using run;
  run.uses(2, 0, -1, 11);
  run.sets(3, 0, 10);
  EXPECT_EQ(run.kinds(), kSetAgain);
  run.end().lost = 1;
  EXPECT_EQ(run.kinds(), kNone);
}

class Segmented : public Using {
 public:
  Segmented() { did(1, call(Call::kSegmentGet, StepKind::kObject, 0, 5), 60).detail = 20; }
};

TEST(OutsideSegment, AnAccessBeyondItsEndIsFound) {
  Segmented run;
  run.did(2, Made::access(StepKind::kWrite, 18, 9));
  const auto found = misuses_in(run.observation);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "outside-segment");
  EXPECT_EQ(found[0].what, "a segment of 20 bytes is accessed beyond its end");
  EXPECT_EQ(found[0].steps[0].operation.place, 5u);
  EXPECT_EQ(found[0].steps[1].does, "writes 4 bytes of it from byte 18 on");
}

TEST(OutsideSegment, TheLastBytesAreInside) {
  Segmented run;
  run.did(2, Made::access(StepKind::kWrite, 16, 9));
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(OutsideSegment, WhatACallMayTouchAtMostIsNoAccess) {
  Segmented run;
  run.did(2, Made::access(StepKind::kWrite, 18, 9)).effect = kBound;
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(OutsideSegment, OfUnknownSizeNothingIsSaid) {
  Using run;
  run.did(1, Made::call(Call::kSegmentGet, StepKind::kObject, 0, 5), 60).detail = 0;
  run.did(2, Made::access(StepKind::kWrite, 5000, 9));
  EXPECT_EQ(run.kinds(), kNone);
}

// The set with the number -1 is object 50 then.
Using failing(bool fails) {
  Using run;
  run.end().objects[kSet].a = ~std::uint64_t{0};
  run.did(1, Made::call(Call::kSemaphoresGet, StepKind::kObject, 0, 5), fails ? kFailedCall : 3).detail = ENOENT;
  return run;
}

TEST(FailedCallUsed, AnOperationOnMinusOneIsFoundWithTheReason) {
  Using run = failing(true);
  run.uses(2, 0, -1, 11);
  const auto found = misuses_in(run.observation);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "failed-call-used");
  EXPECT_EQ(found[0].what, "semget fails with ENOENT, and the -1 that it returned is used");
  EXPECT_EQ(found[0].steps[0].operation.place, 5u);
  EXPECT_EQ(found[0].steps[1].operation.place, 11u);
}

TEST(FailedCallUsed, ErasingWhatMayNotBeThereIsNone) {
  Using run = failing(true);
  run.did(1, Made::call(Call::kSemaphoresErase, StepKind::kObject, kSet, 12), kFailedCall);
  EXPECT_EQ(run.kinds(), kNone);
}

TEST(FailedCallUsed, WithoutAFailureItIsNone) {
  Using run = failing(false);
  run.uses(2, 0, -1, 11);
  EXPECT_EQ(run.kinds(), kNone);
}

}  // namespace
}  // namespace jitterlab
