#include "schedule/dependence.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

Pending memory(TaskId task, bool is_write, std::uint64_t offset, std::uint32_t size, std::uint64_t segment = 9) {
  const StepKind kind = is_write ? StepKind::kWrite : StepKind::kRead;
  return {{task, static_cast<std::uint32_t>(task)}, {kind, is_write, Call::kNone, size, segment, offset, 0}};
}
Pending call(TaskId task, StepKind kind, std::uint64_t object, std::uint64_t offset = 0, std::uint32_t size = 0) {
  return {{task, static_cast<std::uint32_t>(task)}, {kind, true, Call::kNone, size, object, offset, 0}};
}

bool both_ways(const Pending& one, const Pending& other) {
  EXPECT_EQ(conflict(one, other), conflict(other, one));
  return conflict(one, other);
}

TEST(Conflict, AccessesConflictWhenTheyOverlapAndOneWrites) {
  EXPECT_TRUE(both_ways(memory(1, true, 0, 4), memory(2, false, 3, 4)));
  EXPECT_TRUE(both_ways(memory(1, true, 0, 4), memory(2, true, 0, 1)));
  EXPECT_FALSE(both_ways(memory(1, false, 0, 4), memory(2, false, 0, 4)));
  EXPECT_FALSE(both_ways(memory(1, true, 0, 4), memory(2, true, 4, 4)));  // side by side
  EXPECT_FALSE(both_ways(memory(1, true, 0, 4, 8), memory(2, true, 0, 4, 9)));
}

TEST(Conflict, SemaphoreOperationsConflictOnTheSameMember) {
  EXPECT_TRUE(both_ways(call(1, StepKind::kLock, 5, 2, 1), call(2, StepKind::kUnlock, 5, 2, 1)));
  EXPECT_TRUE(both_ways(call(1, StepKind::kLock, 5, 1, 3), call(2, StepKind::kUnlock, 5, 3, 1)));
  EXPECT_FALSE(both_ways(call(1, StepKind::kLock, 5, 2, 1), call(2, StepKind::kUnlock, 5, 3, 1)));
}

TEST(Conflict, SettingOrErasingASetConflictsWithAllItsMembers) {
  EXPECT_TRUE(both_ways(call(1, StepKind::kObject, 5), call(2, StepKind::kLock, 5, 3, 1)));
  EXPECT_FALSE(both_ways(call(1, StepKind::kObject, 6), call(2, StepKind::kLock, 5, 3, 1)));
}

TEST(Conflict, SignalConflictsWithWhateverItsTargetDoes) {
  EXPECT_TRUE(both_ways(call(1, StepKind::kSignal, 2), memory(2, false, 0, 4)));
  EXPECT_TRUE(both_ways(call(1, StepKind::kSignal, 2), call(2, StepKind::kSleep, 0)));
  EXPECT_FALSE(both_ways(call(1, StepKind::kSignal, 2), memory(3, true, 0, 4)));
}

TEST(Conflict, ExitConflictsWithTheWaitOfItsParentAndOtherExits) {
  EXPECT_TRUE(both_ways(call(2, StepKind::kExit, 1), call(1, StepKind::kWait, 1)));
  EXPECT_TRUE(both_ways(call(2, StepKind::kExit, 1), call(3, StepKind::kExit, 1)));
  EXPECT_FALSE(both_ways(call(2, StepKind::kExit, 1), call(4, StepKind::kExit, 7)));
}

TEST(Conflict, ForkStartAndSleepConflictWithNobodyElse) {
  for (const StepKind kind : {StepKind::kFork, StepKind::kStart, StepKind::kSleep}) {
    EXPECT_FALSE(both_ways(call(1, kind, 5), call(2, StepKind::kLock, 5)));
    EXPECT_TRUE(both_ways(call(1, kind, 5), call(1, StepKind::kLock, 6)));
  }
}

TEST(Conflict, CallOfWhichNothingIsKnownConflictsWithEverything) {
  EXPECT_TRUE(both_ways(call(1, StepKind::kOther, 0), memory(2, false, 0, 4)));
  EXPECT_FALSE(both_ways(call(1, StepKind::kOther, 3), memory(2, false, 0, 4)));
}

}  // namespace
}  // namespace jitterlab
