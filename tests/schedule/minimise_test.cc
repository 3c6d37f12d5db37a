#include "schedule/minimise.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"

namespace jitterlab {
namespace {

using namespace simulation;

class MinimiseTest : public testing::Test {
 protected:
  // Shortens the first failing run of each of 10 campaigns; every result fails and has at most `most` preemptions.
  void expect_shortened(const Scene& scene, int most) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Play failing = first_failure(scene, seed);
      ASSERT_TRUE(failing.has_failed);
      const Minimised shortened = minimise(failing.recording, fails_in(scene), 2000);
      const Play made = replay(scene, shortened.recording.switches, Replay::Mode::kExact, *scheduler_);
      EXPECT_TRUE(made.has_failed);
      EXPECT_EQ(scheduler_->differs_at(), -1);
      EXPECT_EQ(made.recording.switches, shortened.recording.switches);
      EXPECT_LE(made.recording.preemptions, most) << made.picks();
      EXPECT_LT(shortened.tries, 2000);
    }
  }

  Fails fails_in(const Scene& scene) {
    return [this, scene](const std::vector<Switch>& switches) -> std::optional<Recording> {
      const Play made = replay(scene, switches, Replay::Mode::kLoose, *scheduler_);
      if (!made.has_failed) return std::nullopt;
      return made.recording;
    };
  }

  static Play first_failure(const Scene& scene, std::uint64_t seed) {
    Campaign campaign(scene, seed);
    Play made;
    for (int i = 0; i < 3000 && !made.has_failed; ++i) made = campaign.next_of_portfolio();
    return made;
  }

  std::unique_ptr<Scheduler> scheduler_ = std::make_unique<Scheduler>();
};

TEST_F(MinimiseTest, LostUpdateAmongManyNeedsOnePreemption) { expect_shortened(lost_update(6), 1); }
TEST_F(MinimiseTest, CrossedLocksNeedOnePreemption) { expect_shortened(crossed_locks(), 1); }
TEST_F(MinimiseTest, FlagBeforeDataNeedsOnePreemption) { expect_shortened(flag_before_data(), 1); }
TEST_F(MinimiseTest, ReorderNeedsAtMostTwoPreemptions) { expect_shortened(reorder(6), 2); }
TEST_F(MinimiseTest, TwostageNeedsAtMostTwoPreemptions) { expect_shortened(twostage(6), 2); }

Recording recording(std::vector<Switch> switches) {
  const int preemptions = static_cast<int>(switches.size());
  return {std::move(switches), {}, preemptions};
}

Recording numbered(std::uint32_t count) {
  std::vector<Switch> result;
  for (std::uint32_t i = 0; i < count; ++i) result.push_back({i, 0, 1});
  return recording(result);
}

bool has(const std::vector<Switch>& switches, std::uint32_t after) {
  return std::any_of(switches.begin(), switches.end(), [=](const Switch& one) { return one.after == after; });
}

TEST(Minimise, TwoSwitchesOfAHundredAreFound) {
  const Fails fails = [](const std::vector<Switch>& all) -> std::optional<Recording> {
    if (!has(all, 17) || !has(all, 80)) return std::nullopt;
    return recording(all);
  };
  const Minimised result = minimise(numbered(100), fails, 1000);
  EXPECT_EQ(result.recording.switches, (std::vector<Switch>{{17, 0, 1}, {80, 0, 1}}));
  EXPECT_LT(result.tries, 100);
}

TEST(Minimise, FailureThatIsNotMonotonicStillEndsAtAListThatFails) {
  // Fails with an odd number of switches among which is the 5th.
  const Fails fails = [](const std::vector<Switch>& all) -> std::optional<Recording> {
    if (all.size() % 2 == 0 || !has(all, 5)) return std::nullopt;
    return recording(all);
  };
  const Minimised result = minimise(numbered(31), fails, 1000);
  EXPECT_TRUE(fails(result.recording.switches));
  EXPECT_LT(result.recording.switches.size(), 31u);
}

TEST(Minimise, SwitchesThatWereNotMadeAreDroppedAtOnce) {
  const Fails fails = [](const std::vector<Switch>& all) -> std::optional<Recording> {
    if (!has(all, 3)) return std::nullopt;
    return recording({{3, 0, 1}});
  };
  EXPECT_EQ(minimise(numbered(1000), fails, 1000).recording.switches.size(), 1u);
}

TEST(Minimise, FailureThatNeedsNoSwitchIsAnEmptyListAfterOneTry) {
  const Fails always = [](const std::vector<Switch>& all) { return recording(all); };
  const Minimised result = minimise(numbered(10), always, 1000);
  EXPECT_TRUE(result.recording.switches.empty());
  EXPECT_EQ(result.tries, 1);
}

TEST(Minimise, NoListIsTriedTwice) {
  std::vector<std::vector<Switch>> tried;
  const Fails fails = [&](const std::vector<Switch>& all) -> std::optional<Recording> {
    EXPECT_EQ(std::count(tried.begin(), tried.end(), all), 0);
    tried.push_back(all);
    if (!has(all, 3) || !has(all, 4)) return std::nullopt;
    return recording(all);
  };
  EXPECT_EQ(minimise(numbered(64), fails, 1000).recording.switches.size(), 2u);
}

TEST(Minimise, NoMoreTriesAreMadeThanAllowed) {
  int tries = 0;
  const Fails fails = [&](const std::vector<Switch>& all) -> std::optional<Recording> {
    ++tries;
    if (!has(all, 17)) return std::nullopt;
    return recording(all);
  };
  const Minimised result = minimise(numbered(100), fails, 4);
  EXPECT_EQ(tries, 4);
  EXPECT_EQ(result.tries, 4);
  EXPECT_TRUE(has(result.recording.switches, 17));
}

}  // namespace
}  // namespace jitterlab
