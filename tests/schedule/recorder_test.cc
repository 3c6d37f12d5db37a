#include "schedule/recorder.h"

#include <gtest/gtest.h>

namespace jitterlab {
namespace {

constexpr Choice kForced{1, 0, 0};
constexpr std::uint8_t kNone = Choice::kNone;

TEST(Recorder, OnlyDeparturesFromTheBasePolicyAreSwitches) {
  Recorder recorder;
  recorder.task_created(70);
  recorder.task_created(71);
  recorder.task_created(72);
  recorder.executed(70, {3, 0, kNone});  // the oldest starts: base
  recorder.executed(70, {3, 0, 0});      // goes on: base
  recorder.executed(72, {3, 2, 0});      // a preemption
  recorder.executed(70, {2, 0, kNone});  // 72 is blocked: base
  recorder.executed(71, {2, 1, kNone});  // 70 is blocked, but 71 is not the oldest: a switch, no preemption
  recorder.executed(71, kForced);
  const Recording& recording = recorder.recording();
  EXPECT_EQ(recording.switches, (std::vector<Switch>{{2, 0, 2}, {3, 0, 1}}));
  EXPECT_EQ(recording.preemptions, 1);
  EXPECT_EQ(recording.blocks, (std::vector<Block>{{0, 2}, {2, 1}, {0, 3}, {1, 2}}));
}

}  // namespace
}  // namespace jitterlab
