#include "analysis/race_orders.h"

#include <gtest/gtest.h>

#include "analysis/traces.h"

namespace jitterlab::traces {
namespace {

constexpr TaskId kA = 11, kB = 12, kC = 13, kParent = 10;

Script three() {
  return Script()
      .create(kParent)
      .does(kParent, StepKind::kFork, 0)
      .create(kA, kParent)
      .create(kB, kParent)
      .create(kC, kParent);
}

std::vector<std::size_t> after_first(const Script& script) {
  const std::vector<Race> races = find_races(script.end);
  EXPECT_EQ(races.size(), 1u);
  const std::vector<bool> is_after = ordered_after_first(script.end, false, races.at(0));
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < is_after.size(); ++i) {
    if (is_after[i]) result.push_back(i);
  }
  return result;
}

// Steps 5 and up.
TEST(RaceOrders, WhatTheSameTaskDoesIsAfterItsAccess) {
  EXPECT_EQ(after_first(three().writes(kA).reads(kA, 8).writes(kB)), (std::vector<std::size_t>{6}));
}

TEST(RaceOrders, WhatOthersDoIsAfterItOnlyWhereSomethingOrdersThem) {
  EXPECT_EQ(after_first(three().writes(kA).reads(kC, 8).reads(kB, 8).writes(kB)), (std::vector<std::size_t>{}));
  EXPECT_EQ(after_first(three().writes(kA).gives(kA, 0).reads(kC, 8).takes(kC, 0).reads(kC, 8).writes(kB)),
            (std::vector<std::size_t>{6, 8, 9}));
}

TEST(RaceOrders, WhatWasGivenBeforeTheAccessOrdersNothing) {
  EXPECT_EQ(after_first(three().gives(kA, 0).writes(kA).takes(kC, 0).writes(kB)), (std::vector<std::size_t>{}));
}

TEST(RaceOrders, NotesOrderToo) {
  const Script script = three()
                            .writes(kA)
                            .does(kA, StepKind::kOther, 0)
                            .notes(kA, StepKind::kUnlock, kMemory)
                            .does(kC, StepKind::kLock, kMemory)
                            .writes(kB);
  EXPECT_EQ(after_first(script), (std::vector<std::size_t>{6, 7}));
}

TEST(RaceOrders, OnlyAWholeExecutionThatEndedByItselfCanBeABeginning) {
  Observation observation;
  EXPECT_FALSE(can_be_tried(observation)) << "nobody controlled it";
  observation.controlled = three().end;
  EXPECT_TRUE(can_be_tried(observation));
  observation.limit = Limit::kWall;
  EXPECT_FALSE(can_be_tried(observation));
  observation.limit = Limit::kNone;
  observation.controlled->trace.is_cut = true;
  EXPECT_FALSE(can_be_tried(observation));
  observation.controlled->trace.is_cut = false;
  observation.controlled->trace.before_loops = 3;
  EXPECT_FALSE(can_be_tried(observation));
  observation.controlled->trace.before_loops = 0;
  observation.interference = "it did";
  EXPECT_FALSE(can_be_tried(observation));
}

}  // namespace
}  // namespace jitterlab::traces
