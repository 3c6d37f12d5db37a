#include "schedule/surw_profile.h"

#include <gtest/gtest.h>

#include <map>

namespace jitterlab {
namespace {

Operation access(bool is_write, std::uint64_t offset, std::uint64_t object = 9) {
  return {is_write ? StepKind::kWrite : StepKind::kRead, is_write, Call::kNone, 4, object, offset, 0};
}

std::map<TaskId, std::uint32_t> weights(const Hints& hints) {
  std::map<TaskId, std::uint32_t> result;
  for (std::uint32_t i = 0; i < hints.weight_count; ++i) result[hints.weights[i].task] = hints.weights[i].weight;
  return result;
}

using Weights = std::map<TaskId, std::uint32_t>;

TEST(SurwProfile, WeightOfAParentHoldsThoseOfItsDescendants) {
  SurwProfile profile;
  profile.task_created(0, 1);
  profile.task_created(1, 2);
  profile.task_created(2, 3);
  for (const TaskId task : {1, 2, 3, 3}) profile.executed(task, access(true, 0));
  profile.end_execution();
  const Hints hints = profile.hints(1);
  EXPECT_EQ(hints.object, 9u);
  EXPECT_EQ(hints.size, 8u);
  EXPECT_EQ(weights(hints), (Weights{{1, 4}, {2, 3}, {3, 2}}));
}

TEST(SurwProfile, ObjectThatOneTaskTouchesOrNobodyChangesIsNotChosen) {
  SurwProfile profile;
  for (const TaskId task : {1, 2}) {
    profile.executed(task, access(false, 0));            // read by both
    profile.executed(task, access(true, 64 * task));     // written by one
    profile.executed(task, access(task == 2, 512 + 4));  // read by one, written by the other
  }
  profile.end_execution();
  for (std::uint64_t seed = 0; seed < 50; ++seed) EXPECT_EQ(profile.hints(seed).offset, 512u);
}

TEST(SurwProfile, ObjectsAreChosenAboutAsOftenAsTheyAreTouched) {
  SurwProfile profile;
  for (const TaskId task : {1, 2}) {
    for (int i = 0; i < 3; ++i) profile.executed(task, access(true, 0));
    profile.executed(task, access(true, 8));
  }
  profile.end_execution();
  int first = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) first += profile.hints(seed).offset == 0;
  EXPECT_NEAR(first, 750, 60);
}

TEST(SurwProfile, WithoutASharedObjectAllOperationsAreChosen) {
  SurwProfile profile;
  profile.executed(1, access(true, 0));
  profile.executed(2, access(true, 8));
  profile.executed(2, {StepKind::kSleep});
  profile.end_execution();
  EXPECT_EQ(profile.hints(1).object, 0u);
  EXPECT_EQ(weights(profile.hints(1)), (Weights{{1, 1}, {2, 2}}));
}

TEST(SurwProfile, WhatOneTaskChangesIsChosenWithTheSignalsSentToIt) {
  SurwProfile profile;
  for (int i = 0; i < 3; ++i) profile.executed(1, access(true, 0));
  profile.executed(1, access(false, 64));
  for (const TaskId task : {5, 6}) profile.executed(task, {.kind = StepKind::kSignal, .is_write = true, .object = 1});
  profile.executed(2, access(true, 128));  // nobody sends to this one
  profile.end_execution();
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Hints hints = profile.hints(seed);
    EXPECT_EQ(hints.object, 9u);
    EXPECT_EQ(hints.offset, 0u);
    EXPECT_EQ(hints.signalled, 1u);
    EXPECT_EQ(weights(hints), (Weights{{1, 3}, {5, 1}, {6, 1}}));
  }
}

TEST(SurwProfile, SmallestCountOfSeveralExecutionsIsKept) {
  SurwProfile profile;
  for (const int polls : {20, 3, 7}) {
    for (int i = 0; i < polls; ++i) profile.executed(1, access(false, 0));
    profile.executed(2, access(true, 0));
    profile.end_execution();
  }
  EXPECT_EQ(weights(profile.hints(1)), (Weights{{1, 3}, {2, 1}}));
}

}  // namespace
}  // namespace jitterlab
