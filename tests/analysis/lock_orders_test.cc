#include "analysis/lock_orders.h"

#include <gtest/gtest.h>

#include "analysis/lock_steering.h"
#include "analysis/traces.h"
#include "schedule/call.h"

namespace jitterlab::traces {
namespace {

constexpr TaskId kA = 11, kB = 12, kC = 13, kParent = 10;

class Locking : public Script {
 public:
  Locking() {
    create(kParent).does(kParent, StepKind::kFork, 0).create(kA, kParent).create(kB, kParent).create(kC, kParent);
  }
  Locking& locks(TaskId task, std::uint64_t lock, Call call = Call::kMutexLock) {
    does(task, StepKind::kLock, kMemory, lock, 4);
    end.trace.events.back().operation.call = call;
    return *this;
  }
  Locking& unlocks(TaskId task, std::uint64_t lock, Call call = Call::kMutexUnlock) {
    does(task, StepKind::kUnlock, kMemory, lock, 4);
    end.trace.events.back().operation.call = call;
    return *this;
  }
  // Takes both, in this order.
  Locking& both(TaskId task, std::uint64_t first, std::uint64_t second) {
    return locks(task, first).locks(task, second).unlocks(task, second).unlocks(task, first);
  }
  Locking& then(TaskId task, StepKind kind, std::uint64_t object, std::uint64_t value = 0) {
    does(task, kind, object, 0, 0, 0, value);
    return *this;
  }
  // semop on one member
  Locking& changes(TaskId task, std::uint64_t member, int change) {
    does(task, change < 0 ? StepKind::kLock : StepKind::kUnlock, kSet, member, 1, 0,
         change < 0 ? 1u << member : std::uint64_t{1} << (32 + member));
    end.trace.events.back().operation.call = Call::kSemop;
    end.trace.events.back().value = packed_semop(static_cast<std::int16_t>(change), change < 0 ? 0 : 1);
    return *this;
  }
};

std::size_t cycles(const Locking& script) { return lock_cycles(script.end.trace).size(); }

// Of all cycles.
std::size_t ways(const Locking& script) {
  std::size_t count = 0;
  for (const LockCycle& cycle : lock_cycles(script.end.trace)) count += ways_into(script.end, false, cycle).size();
  return count;
}

// Of two tasks: the cycle is there, and every way ends before both ask.
void expect_ways(const Locking& script) {
  const auto found = lock_cycles(script.end.trace);
  ASSERT_EQ(found.size(), 1u);
  const auto all = ways_into(script.end, false, found[0]);
  EXPECT_FALSE(all.empty());
  for (const std::vector<std::size_t>& way : all) {
    for (const LockStep& step : found[0]) {
      EXPECT_TRUE(std::count(way.begin(), way.end(), step.took));
      EXPECT_FALSE(std::count(way.begin(), way.end(), step.asked));
    }
  }
}

TEST(LockOrders, TwoLocksTakenCrosswiseCouldMeet) { expect_ways(Locking().both(kA, 0, 8).both(kB, 8, 0)); }
TEST(LockOrders, TakenInOneOrderTheyCannot) { EXPECT_EQ(cycles(Locking().both(kA, 0, 8).both(kB, 0, 8)), 0u); }
TEST(LockOrders, OneTaskDoesNotMeetItself) { EXPECT_EQ(cycles(Locking().both(kA, 0, 8).both(kA, 8, 0)), 0u); }
TEST(LockOrders, LocksThatAreNotHeldTogetherCannot) {
  const auto apart = [](TaskId task, std::uint64_t first, std::uint64_t second, Locking script) {
    return script.locks(task, first).unlocks(task, first).locks(task, second).unlocks(task, second);
  };
  EXPECT_EQ(cycles(apart(kB, 8, 0, apart(kA, 0, 8, Locking()))), 0u);
}

TEST(LockOrders, ALockAroundBothGuardsThem) {
  const auto guarded = [](std::uint64_t other) {
    return Locking().locks(kA, 16).both(kA, 0, 8).unlocks(kA, 16).locks(kB, other).both(kB, 8, 0).unlocks(kB, other);
  };
  EXPECT_EQ(cycles(guarded(16)), 0u);
  EXPECT_EQ(cycles(guarded(24)), 1u);
}

TEST(LockOrders, ThreeInACircleCouldMeet) {
  EXPECT_GE(ways(Locking().both(kA, 0, 8).both(kB, 8, 16).both(kC, 16, 0)), 1u);
  EXPECT_EQ(cycles(Locking().both(kA, 0, 8).both(kB, 8, 16).both(kC, 0, 16)), 0u);
}

TEST(LockOrders, ATryDoesNotWait) {
  const auto tries = [](Call call) {
    return Locking().both(kA, 0, 8).locks(kB, 8).locks(kB, 0, call).unlocks(kB, 0).unlocks(kB, 8);
  };
  EXPECT_EQ(cycles(tries(Call::kMutexLock)), 1u);
  EXPECT_EQ(cycles(tries(Call::kMutexTryLock)), 0u);
}

TEST(LockOrders, AConditionVariableGivesItsMutexBack) {
  const auto waits = [](bool gives_back) {
    Locking script;
    script.both(kA, 0, 8).locks(kB, 8).then(kB, StepKind::kWait, kMemory);
    script.end.trace.events.back().operation.call = Call::kConditionWait;
    if (gives_back) script.notes(kB, StepKind::kUnlock, kMemory, 8);
    return script.locks(kB, 0).unlocks(kB, 0);
  };
  EXPECT_EQ(cycles(waits(false)), 1u);
  EXPECT_EQ(cycles(waits(true)), 0u);
}

TEST(LockOrders, SemaphoresThatTheirTakerGivesBackAreLocks) {
  const auto both = [](TaskId task, std::uint64_t first, std::uint64_t second, Locking script) {
    return script.changes(task, first, -1).changes(task, second, -1).changes(task, second, 1).changes(task, first, 1);
  };
  expect_ways(both(kB, 1, 0, both(kA, 0, 1, Locking())));
  EXPECT_EQ(cycles(both(kB, 0, 1, both(kA, 0, 1, Locking()))), 0u);
}

TEST(LockOrders, SemaphoresThatOthersGiveAreSignals) {
  EXPECT_EQ(cycles(Locking()
                       .changes(kA, 0, -1)
                       .changes(kA, 1, -1)
                       .changes(kC, 0, 1)
                       .changes(kC, 1, 1)
                       .changes(kB, 1, -1)
                       .changes(kB, 0, -1)
                       .changes(kC, 0, 1)
                       .changes(kC, 1, 1)),
            0u);
}

TEST(LockSteering, CreatingAndJoiningOrderWhatCannotMeet) {
  EXPECT_GE(ways(Locking().both(kA, 0, 8).both(kParent, 8, 0)), 1u);
  // As threads are joined: the end of A, then the parent.
  const auto joined = [](TaskId task) {
    return Locking()
        .both(kA, 0, 8)
        .then(kA, StepKind::kExit, 0)
        .then(kParent, StepKind::kWait, kParent)
        .both(task, 8, 0);
  };
  EXPECT_EQ(ways(joined(kParent)), 0u);
  EXPECT_GE(ways(joined(kB)), 1u);
  Locking created;
  created.both(kA, 0, 8).then(kA, StepKind::kFork, 0).create(14, kA);
  EXPECT_EQ(ways(created.both(14, 8, 0)), 0u);
}

TEST(LockSteering, SemaphoresThatAreSignalsOrder) {
  const auto signalled = [](TaskId task) {
    return Locking().both(kA, 0, 8).changes(kA, 3, 1).changes(task, 3, -1).both(kB, 8, 0);
  };
  EXPECT_EQ(ways(signalled(kB)), 0u);
  EXPECT_GE(ways(signalled(kC)), 1u);
}

// B takes A's lock for a moment before: it has to come first.
TEST(LockSteering, ATaskThatNeedsTheLockOfAnotherBeforeComesFirst) {
  const Locking script = Locking().both(kA, 0, 8).locks(kB, 0).unlocks(kB, 0).both(kB, 8, 0);
  expect_ways(script);
}

}  // namespace
}  // namespace jitterlab::traces
