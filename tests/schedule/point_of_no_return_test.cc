#include "schedule/point_of_no_return.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"
#include "schedule/traces.h"

namespace jitterlab {
namespace {

using namespace simulation;

class PointOfNoReturnTest : public testing::Test {
 protected:
  // Of the execution with these switches, which fails.
  std::optional<PointOfNoReturn> point(const Scene& scene, const std::vector<Switch>& switches, int most_tries = 100) {
    const Play failing = replay(scene, switches, Replay::Mode::kExact, *scheduler_);
    EXPECT_TRUE(failing.has_failed);
    picks_ = failing.picks();
    const Avoids avoids = [&](const std::vector<Switch>& tried) {
      ++tries_;
      return !replay(scene, tried, Replay::Mode::kLoose, *scheduler_).has_failed;
    };
    return point_of_no_return(simulation::trace_of(failing), avoids, most_tries);
  }

  std::unique_ptr<Scheduler> scheduler_ = std::make_unique<Scheduler>();
  std::string picks_;
  int tries_ = 0;
};

TEST_F(PointOfNoReturnTest, AnUpdateIsLostOnceBothHaveRead) {
  const auto found = point(lost_update(1), {{1, 0, 1}, {1, 1, 0}});
  EXPECT_EQ(picks_, "ABAB");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->step, 2u);
  EXPECT_EQ(found->ways, 2);
}

TEST_F(PointOfNoReturnTest, CrossedLocksMeetOnceBothAreHeld) {
  const auto found = point(crossed_locks(), {{1, 0, 1}});
  ASSERT_TRUE(found);
  EXPECT_EQ(picks_.substr(0, 2), "AB");
  EXPECT_EQ(found->step, 2u);
}

TEST_F(PointOfNoReturnTest, DataIsMissedNotWithTheFlagButWithTheRead) {
  const auto found = point(flag_before_data(), {{1, 0, 1}});
  EXPECT_EQ(picks_, "ABBA");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->step, 3u);
}

TEST_F(PointOfNoReturnTest, TheLastStepCanBeIt) {
  const Scene scene{.programs = {{lock(0), lock(1), unlock(1), unlock(0)}, {lock(1), lock(0), unlock(0), unlock(1)}},
                    .roots = 2};
  const auto found = point(scene, {{1, 0, 1}});
  EXPECT_EQ(picks_, "AB");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->step, 2u);
}

TEST_F(PointOfNoReturnTest, WhatFailsWhateverIsDoneHasNone) {
  const Scene hopeless{.programs = {{own(), load(0), expect(1)}, {own()}}, .roots = 2};
  EXPECT_FALSE(point(hopeless, {}));
}

TEST_F(PointOfNoReturnTest, NothingIsSaidWhenTheExecutionsDoNotSuffice) {
  EXPECT_FALSE(point(lost_update(1), {{1, 0, 1}, {1, 1, 0}}, 2));
  EXPECT_EQ(tries_, 2);
}

}  // namespace
}  // namespace jitterlab
