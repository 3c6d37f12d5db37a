// Processes that work on when the first of their program has ended, from both sides.
#include "analysis/orphans.h"

#include <gtest/gtest.h>

#include "analysis/made_execution.h"

namespace jitterlab {
namespace {

// main forks a child and ends by itself.
class Forking : public Made {
 public:
  Forking() {
    observation.instances[0].ending = Ending::from_wait_status(0);
    did(1, call(Call::kFork, StepKind::kFork, 0, 7), 101);
    created(2, 1);
  }
  void works(TaskId task) { did(task, access(StepKind::kWrite, 0, 30)); }
  void cleans_up(TaskId task) { did(task, call(Call::kSemaphoresErase, StepKind::kObject, 50, 40)); }
  std::vector<Found> found() const { return orphans_in(observation); }
};

TEST(Orphans, AreToldWithTheEndOfTheFirstAndWhatTheyDoAfterIt) {
  Forking run;
  run.works(2);
  run.ends(1, 9);
  run.works(2);
  run.ends(2, 31);
  const std::vector<Found> found = run.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "orphan");
  ASSERT_EQ(found[0].steps.size(), 3u);
  EXPECT_EQ(found[0].steps[0].operation.place, 7u);
  EXPECT_EQ(found[0].steps[1].task, 1u);
  EXPECT_EQ(found[0].steps[1].operation.place, 9u);
  EXPECT_EQ(found[0].steps[2].task, 2u);
  EXPECT_EQ(found[0].steps[2].operation.place, 30u);
}

TEST(Orphans, GrandchildrenAreOrphansToo) {
  Forking run;
  run.created(3, 2);
  run.ends(2, 31);
  run.ends(1, 9);
  run.works(3);
  run.ends(3, 32);
  EXPECT_EQ(run.found().size(), 1u);
}

TEST(Orphans, WhoNeverEndsIsLeftBehindAndNone) {
  Forking run;
  run.ends(1, 9);
  run.works(2);
  EXPECT_TRUE(run.found().empty());
}

TEST(Orphans, AChildThatEndedBeforeIsNone) {
  Forking run;
  run.works(2);
  run.ends(2, 31);
  run.ends(1, 9);
  EXPECT_TRUE(run.found().empty());
}

TEST(Orphans, WhoHasOnlyToLetGoAndToEndIsNone) {
  Forking run;
  run.works(2);
  run.ends(1, 9);
  run.cleans_up(2);
  run.ends(2, 31);
  EXPECT_TRUE(run.found().empty());
}

// exit() runs what atexit() was given, which may well wait for the children.
TEST(Orphans, TheFirstProcessEndsWithItsLastStepNotWithExit) {
  Forking run;
  run.ends(1, 9);
  run.works(2);
  run.ends(2, 31);
  run.did(1, Made::call(Call::kChildWait, StepKind::kWait, 2, 12));
  EXPECT_TRUE(run.found().empty());
}

TEST(Orphans, ThreadsOfTheFirstProcessAreItself) {
  Forking run;
  run.created(3, 1, true);
  run.ends(1, 9);
  run.works(3);
  EXPECT_TRUE(run.found().empty());
}

TEST(Orphans, WhoeverIsStoppedOrEndedByASignalLeavesNone) {
  Forking stopped, killed, alive;
  for (Forking* run : {&stopped, &killed, &alive}) {
    run->ends(1, 9);
    run->works(2);
    run->ends(2, 31);
    EXPECT_EQ(run->found().size(), 1u);
  }
  stopped.observation.instances[0].sent_sigterm = true;
  killed.observation.instances[0].ending = Ending::from_wait_status(9);
  alive.observation.instances[0].alive_at_end = true;
  EXPECT_TRUE(stopped.found().empty());
  EXPECT_TRUE(killed.found().empty());
  EXPECT_TRUE(alive.found().empty());
}

TEST(Orphans, NothingIsSaidOfADeadlockOrALimitOrWithoutControl) {
  Forking rests, limited, lost;
  for (Forking* run : {&rests, &limited, &lost}) {
    run->ends(1, 9);
    run->works(2);
    run->ends(2, 31);
  }
  rests.observation.came_to_rest = true;
  limited.observation.limit = Limit::kWall;
  lost.end().lost = 1;
  EXPECT_TRUE(rests.found().empty());
  EXPECT_TRUE(limited.found().empty());
  EXPECT_TRUE(lost.found().empty());
  EXPECT_TRUE(orphans_in(Observation()).empty());
}

}  // namespace
}  // namespace jitterlab
