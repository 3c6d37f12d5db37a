#include "schedule/replay.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

using namespace simulation;

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> all{lost_update(3), crossed_locks(), flag_before_data(), reorder(4),
                                      twostage(4),    peterson(),      spinning(false),    spinning(true)};
  return all;
}

// Runs of every strategy, with hints.
template <typename Visit>
void for_each_run(Visit visit) {
  for (const Scene& scene : scenes()) {
    Campaign campaign(scene, 5);
    for (int i = 0; i < 40; ++i) visit(scene, campaign.next_of_portfolio());
  }
}

TEST(Replay, EveryRecordedRunIsTheSameInReplay) {
  auto scheduler = std::make_unique<Scheduler>();
  for_each_run([&](const Scene& scene, const Play& recorded) {
    const Play replayed = replay(scene, recorded.recording.switches, Replay::Mode::kExact, *scheduler);
    ASSERT_EQ(replayed.picks(), recorded.picks());
    EXPECT_EQ(replayed.outcome, recorded.outcome);
    EXPECT_EQ(replayed.choices, recorded.choices);
    EXPECT_EQ(replayed.recording.switches, recorded.recording.switches);
    EXPECT_EQ(scheduler->differs_at(), -1);
    EXPECT_EQ(scheduler->replay().used(), scheduler->replay().size());
  });
}

TEST(Replay, LooseReplayOfAnyPartOfAListEndsAndSaysWhatItDid) {
  auto scheduler = std::make_unique<Scheduler>();
  for_each_run([&](const Scene& scene, const Play& recorded) {
    std::vector<Switch> part;
    for (const Switch& one : recorded.recording.switches) {
      if (mix(one.from, one.after, part.size()) % 2 == 0) part.push_back(one);
    }
    const Play loose = replay(scene, part, Replay::Mode::kLoose, *scheduler);
    ASSERT_FALSE(loose.is_cut);
    EXPECT_EQ(scheduler->differs_at(), -1);
    EXPECT_LE(loose.recording.switches.size(), part.size());
    const Play again = replay(scene, loose.recording.switches, Replay::Mode::kExact, *scheduler);
    EXPECT_EQ(again.picks(), loose.picks());
  });
}

TEST(Replay, NoSwitchesIsRunningEveryTaskUntilItBlocks) {
  auto scheduler = std::make_unique<Scheduler>();
  const Play made = replay(crossed_locks(), {}, Replay::Mode::kExact, *scheduler);
  EXPECT_EQ(made.picks(), "AAAAABBBBB");
  EXPECT_EQ(made.recording.preemptions, 0);
}

TEST(Replay, SwitchToATaskThatCannotGoOnIsADifferenceOnlyInExactReplay) {
  const Scene scene{.programs = {{lock(0), own(), unlock(0)}, {lock(0), unlock(0)}, {own()}}, .roots = 3};
  const std::vector<Switch> to_the_blocked{{1, 0, 1}};
  auto scheduler = std::make_unique<Scheduler>();
  EXPECT_EQ(replay(scene, to_the_blocked, Replay::Mode::kExact, *scheduler).picks(), "AAABBC");
  EXPECT_EQ(scheduler->differs_at(), 1);
  EXPECT_EQ(replay(scene, to_the_blocked, Replay::Mode::kLoose, *scheduler).picks(), "AAABBC");
  EXPECT_EQ(scheduler->differs_at(), -1);
  EXPECT_EQ(scheduler->replay().used(), 0);
}

TEST(Replay, SwitchBeforeAnythingRanPicksWhoStarts) {
  auto scheduler = std::make_unique<Scheduler>();
  EXPECT_EQ(replay(crossed_locks(), {{0, 0, 1}}, Replay::Mode::kExact, *scheduler).picks(), "BBBBBAAAAA");
}

TEST(Replay, FullListTakesNoMoreSwitches) {
  auto replay = std::make_unique<Replay>();
  for (int i = 0; i < Replay::kMaxSwitches; ++i) ASSERT_TRUE(replay->add({}));
  EXPECT_FALSE(replay->add({}));
}

}  // namespace
}  // namespace jitterlab
