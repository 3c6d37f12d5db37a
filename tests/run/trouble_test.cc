#include "run/trouble.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/syscall.h>

namespace jitterlab {
namespace {

// Wait statuses as the kernel gives them.
constexpr int exited(int code) { return code << 8; }

Observation ended_with(int status, int instances = 1) {
  Observation observation;
  observation.controlled.emplace();
  for (int i = 0; i < instances; ++i) {
    InstanceSeen seen;
    seen.role = i == 0 ? "main" : "other";
    seen.ending = i == 0 ? Ending::from_wait_status(status) : Ending::from_wait_status(0);
    observation.instances.push_back(seen);
  }
  return observation;
}

TEST(Trouble, ProgramThatEndsWithZeroHasNone) { EXPECT_TRUE(troubles(ended_with(exited(0))).empty()); }

TEST(Trouble, ExitStatusAndSignalAreNamed) {
  EXPECT_EQ(troubles(ended_with(exited(3))), (std::set<std::string>{"exit 3"}));
  EXPECT_EQ(troubles(ended_with(SIGSEGV)), (std::set<std::string>{"signal 11 (Segmentation fault)"}));
}

TEST(Trouble, OfSeveralProgramsTheOneIsNamed) {
  EXPECT_EQ(troubles(ended_with(exited(3), 2)), (std::set<std::string>{"main: exit 3"}));
}

TEST(Trouble, ProgramThatWeStoppedMayEndByIt) {
  Observation observation = ended_with(SIGTERM);
  EXPECT_FALSE(troubles(observation).empty());
  observation.instances[0].sent_sigterm = true;
  EXPECT_TRUE(troubles(observation).empty());
}

TEST(Trouble, RestIsADeadlock) {
  Observation observation = ended_with(exited(0));
  observation.instances[0].alive_at_end = true;
  observation.came_to_rest = true;
  EXPECT_EQ(troubles(observation), (std::set<std::string>{"deadlock"}));
}

TEST(Trouble, RestAfterLossOfControlIsNot) {
  Observation observation = ended_with(exited(0));
  observation.came_to_rest = true;
  observation.controlled->lost = 1;
  EXPECT_TRUE(troubles(observation).empty());
  EXPECT_NE(why_not_judged(observation), "");
}

TEST(Trouble, WhatCannotBeControlledIsNamed) {
  Observation observation = ended_with(exited(1));
  observation.controlled->used = NotControlled::kTimerThread;
  EXPECT_TRUE(troubles(observation).empty());
  EXPECT_EQ(why_not_judged(observation), "it uses timer_create with SIGEV_THREAD, which jitterlab does not control");
  observation.controlled->used = NotControlled::kMessageThread;
  EXPECT_NE(why_not_judged(observation).find("mq_notify"), std::string::npos);
  observation.controlled->used = NotControlled::kClone;
  EXPECT_NE(why_not_judged(observation).find("clone"), std::string::npos);
}

TEST(Trouble, CallInWhichControlWasLostIsNamedWhereItIsKnown) {
  Observation observation = ended_with(exited(0));
  observation.came_to_rest = true;
  observation.controlled->lost = 1;
  observation.controlled->lost_kind = StepKind::kReceive;
  EXPECT_EQ(why_not_judged(observation),
            "it hangs, after waiting in a call that jitterlab does not control, its last step having been to receive "
            "or read");
  observation.controlled->lost_call = SYS_read + 1;
  EXPECT_NE(why_not_judged(observation).find("syscall(SYS_read, …)"), std::string::npos);
  observation.controlled->lost_call = 999 + 1;
  EXPECT_NE(why_not_judged(observation).find("syscall(999, …)"), std::string::npos);
}

TEST(Trouble, RestInWhichSomebodyTriesAgainAndAgainIsALivelock) {
  Observation observation = ended_with(exited(0));
  observation.instances[0].alive_at_end = true;
  observation.came_to_rest = true;
  observation.controlled->waiting = {{.id = 1, .waits_for = WaitsFor::kWrite}, {.id = 2, .waits_for = WaitsFor::kLoop}};
  EXPECT_EQ(troubles(observation), (std::set<std::string>{"livelock"}));
  observation.controlled->waiting.pop_back();
  EXPECT_EQ(troubles(observation), (std::set<std::string>{"deadlock"}));
  observation.came_to_rest = false;
  EXPECT_TRUE(troubles(observation).empty() || !is_livelock(observation));
}

TEST(Trouble, MoreStepsThanAreFollowedSayNothing) {
  Observation observation = ended_with(SIGKILL);
  observation.limit = Limit::kSteps;
  EXPECT_TRUE(troubles(observation).empty());
  const std::string steps = why_not_judged(observation);
  EXPECT_NE(steps, "");
  observation.controlled->stopped_by_tasks = true;
  EXPECT_TRUE(troubles(observation).empty());
  EXPECT_NE(why_not_judged(observation), steps);
}

TEST(Trouble, OurLimitsAndInterferenceAreNotTheProgramsFault) {
  for (const Limit limit : {Limit::kWall, Limit::kMemory, Limit::kOutput}) {
    Observation observation = ended_with(SIGKILL);
    observation.limit = limit;
    EXPECT_TRUE(troubles(observation).empty());
    EXPECT_NE(why_not_judged(observation), "");
  }
  Observation observation = ended_with(exited(1));
  observation.interference = "it wrote where it must not";
  EXPECT_TRUE(troubles(observation).empty());
  EXPECT_EQ(why_not_judged(observation), observation.interference);
}

}  // namespace
}  // namespace jitterlab
