#include "schedule/trace.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <type_traits>

#include "schedule/classics.h"
#include "schedule/effect.h"
#include "schedule/traces.h"

namespace jitterlab {
namespace {

using namespace simulation;
using What = Difference::What;

static_assert(std::is_trivially_copyable_v<TraceEvent>);

TEST(Trace, TellsTheChoicesAndTheRecordingOfTheRun) {
  auto scheduler = std::make_unique<Scheduler>();
  for (const Scene& scene : {reorder(3), twostage(2), crossed_locks(), peterson()}) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const Play play = run(scene, *scheduler, StrategyKind::kRandom, seed);
      const Trace trace = trace_of(play);
      EXPECT_EQ(choices_of(trace), play.choices);
      EXPECT_EQ(recording_of(trace).switches, play.recording.switches);
      EXPECT_EQ(recording_of(trace).blocks, play.recording.blocks);
      EXPECT_EQ(recording_of(trace).preemptions, play.recording.preemptions);
    }
  }
}

TEST(Trace, DependsOnTimeOnceATaskSleepsOrMayTimeOut) {
  Trace trace{{created(1), executed(1, {StepKind::kLock, true, Call::kNone, 0, 5})}};
  EXPECT_FALSE(depends_on_time(trace));
  trace.events[1].flags = TraceEvent::kInterrupted;
  EXPECT_FALSE(depends_on_time(trace));
  trace.events[1].flags = TraceEvent::kTimed;
  EXPECT_TRUE(depends_on_time(trace));
  trace.events[1] = executed(1, {StepKind::kSleep});
  EXPECT_TRUE(depends_on_time(trace));
  trace.events[1] = executed(1, {StepKind::kRead, false, Call::kNone, 4, 1, 16});
  EXPECT_FALSE(depends_on_time(trace));
  trace.events[1].effect = kWaited;
  EXPECT_TRUE(depends_on_time(trace));
}

const Trace kTrace{{created(7), created(8, 7), executed(7, {StepKind::kRead, false, Call::kNone, 4, 1, 16}, {2, 0, 0}),
                    executed(8, {StepKind::kWrite, true, Call::kNone, 4, 1, 16}, {2, 1, 0})}};

struct Change {
  What what;
  void (*make)(TraceEvent&);
};

TEST(Trace, EveryChangeThatMattersChangesTheHashAndIsToldWithItsPlace) {
  const Change changes[] = {
      {What::kTask, [](TraceEvent& event) { event.task = 7; }},
      {What::kKind, [](TraceEvent& event) { event.operation.kind = StepKind::kAtomic; }},
      {What::kKind, [](TraceEvent& event) { event.operation.is_write = false; }},
      {What::kKind, [](TraceEvent& event) { event.kind = TraceEvent::Kind::kCreated; }},
      {What::kObject, [](TraceEvent& event) { event.operation.object = 2; }},
      {What::kPart, [](TraceEvent& event) { event.operation.offset = 20; }},
      {What::kPart, [](TraceEvent& event) { event.operation.size = 8; }},
      {What::kResult, [](TraceEvent& event) { event.flags = TraceEvent::kTimedOut; }},
  };
  for (const Change& change : changes) {
    Trace other = kTrace;
    change.make(other.events[3]);
    EXPECT_NE(schedule_hash(other), schedule_hash(kTrace));
    const auto difference = first_difference(kTrace, other);
    ASSERT_TRUE(difference);
    EXPECT_EQ(difference->what, change.what);
    EXPECT_EQ(difference->index, 3u);
    EXPECT_EQ(difference->step, 1u);
    EXPECT_EQ(difference->one->number, 1);
    EXPECT_EQ(difference->other->number, difference->other->event.task == 7 ? 0 : 1);
  }
}

TEST(Trace, ValuesAndPlacesAreNoDifference) {
  Trace other = kTrace;
  other.events[2].value = 99;
  other.events[2].operation.place = 0x5555;
  EXPECT_EQ(schedule_hash(other), schedule_hash(kTrace));
  EXPECT_FALSE(first_difference(kTrace, other));
}

TEST(Trace, OtherParentIsADifference) {
  Trace other = kTrace;
  other.events[1].parent = 0;
  EXPECT_NE(schedule_hash(other), schedule_hash(kTrace));
  const auto difference = first_difference(kTrace, other);
  EXPECT_EQ(difference->what, What::kTask);
  EXPECT_EQ(difference->index, 1u);
  EXPECT_EQ(difference->step, 0u);
}

TEST(Trace, EndOfOneIsADifferenceOnEitherSide) {
  Trace other = kTrace;
  other.events.pop_back();
  EXPECT_NE(schedule_hash(other), schedule_hash(kTrace));
  auto difference = first_difference(kTrace, other);
  EXPECT_EQ(difference->what, What::kEnd);
  EXPECT_EQ(difference->index, 3u);
  EXPECT_EQ(difference->one->event.task, 8u);
  EXPECT_FALSE(difference->other);
  difference = first_difference(other, kTrace);
  EXPECT_FALSE(difference->one);
  EXPECT_EQ(difference->other->number, 1);
}

TEST(Trace, SameScheduleHasTheSameHashAndOthersHaveOthers) {
  auto scheduler = std::make_unique<Scheduler>();
  std::map<std::string, std::uint64_t> hashes;
  std::set<std::uint64_t> distinct;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Play play = run(reorder(2), *scheduler, StrategyKind::kRandom, seed);
    const std::uint64_t hash = schedule_hash(trace_of(play));
    EXPECT_EQ(hashes.try_emplace(play.picks(), hash).first->second, hash);
    distinct.insert(hash);
  }
  EXPECT_GT(hashes.size(), 20u);
  EXPECT_EQ(distinct.size(), hashes.size());
}

}  // namespace
}  // namespace jitterlab
