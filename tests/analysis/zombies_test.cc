// Children that nobody waits for, from both sides.
#include "analysis/zombies.h"

#include <gtest/gtest.h>

#include <csignal>

#include "analysis/made_execution.h"

namespace jitterlab {
namespace {

// main is a server that is stopped at the end; its child ends before.
class Serving : public Made {
 public:
  Serving() {
    observation.instances[0].alive_at_end = true;
    did(1, call(Call::kFork, StepKind::kFork, 0, 7), 101);
    created(2, 1);
    ends(2, 9);
  }
  std::vector<Found> found() const { return zombies_in(observation); }
};

TEST(Zombies, AreToldWithTheirForkAndTheirEnd) {
  const std::vector<Found> found = Serving().found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "zombie");
  ASSERT_EQ(found[0].steps.size(), 2u);
  EXPECT_EQ(found[0].steps[0].task, 1u);
  EXPECT_EQ(found[0].steps[0].operation.place, 7u);
  EXPECT_EQ(found[0].steps[1].operation.place, 9u);
}

TEST(Zombies, AServerThatSigtermEndsHasThemToo) {
  Serving run;
  run.observation.instances[0].alive_at_end = false;
  run.observation.instances[0].ending = Ending::from_wait_status(SIGTERM);
  EXPECT_EQ(run.found().size(), 1u);
  run.observation.instances[0].ending = Ending::from_wait_status(SIGSEGV);
  EXPECT_TRUE(run.found().empty());
}

TEST(Zombies, WhoWaitsForSomeChildMayWaitForThisOneLater) {
  Serving run;
  run.did(1, Made::call(Call::kChildWait, StepKind::kWait, 1, 12), 0);
  EXPECT_TRUE(run.found().empty());
}

TEST(Zombies, WhoHasSaidSomethingOfSigchldIsNotAccused) {
  Serving terminates, reaps;
  terminates.did(1, Made::call(Call::kSignalHandler, StepKind::kSignal, 1, 5)).detail = SIGTERM;
  EXPECT_EQ(terminates.found().size(), 1u);
  reaps.did(1, Made::call(Call::kSignalHandler, StepKind::kSignal, 1, 5)).detail = SIGCHLD;
  EXPECT_TRUE(reaps.found().empty());
}

TEST(Zombies, AParentThatEndsByItselfLeavesNone) {
  Serving run;
  run.observation.instances[0].alive_at_end = false;
  run.ends(1, 20);
  EXPECT_TRUE(run.found().empty());
}

TEST(Zombies, AChildThatStillRunsIsNone) {
  Serving run;
  run.end().trace.events.pop_back();
  EXPECT_TRUE(run.found().empty());
}

TEST(Zombies, NothingIsSaidOfADeadlockOrWithoutControl) {
  Serving rests, lost;
  rests.observation.came_to_rest = true;
  lost.end().lost = 1;
  EXPECT_TRUE(rests.found().empty());
  EXPECT_TRUE(lost.found().empty());
  EXPECT_TRUE(zombies_in(Observation()).empty());
}

}  // namespace
}  // namespace jitterlab
