// Asking again and again in place of waiting, from both sides.
#include "analysis/polls.h"

#include <gtest/gtest.h>

#include "analysis/made_execution.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

// A child of main that asks, and one that changes what it asks for.
class Asking : public Made {
 public:
  Asking() {
    end().objects.resize(61);
    end().objects[60] = {NamedKind::kSegment, 8};
    created(2, 1);
    created(3, 1);
  }
  TraceEvent& tries(std::uint64_t value, std::uint64_t line = 5) {
    return did(2, call(Call::kSemaphoreTryWait, StepKind::kLock, 50, line), value);
  }
  void sleeps(std::uint64_t line = 6) {
    did(2, {.kind = StepKind::kSleep, .place = line}).flags = TraceEvent::kTimed | TraceEvent::kTimedOut;
  }
  void yields() { did(2, {.kind = StepKind::kSleep, .place = 6}); }
  void looks(std::uint64_t value, std::uint64_t line = 5) { did(2, access(StepKind::kRead, 0, line), value); }
  void asks(std::uint64_t value) { did(2, call(Call::kSemaphoresControl, StepKind::kOther, 50, 5), value); }
  void writes(TaskId task) {
    Operation operation = access(StepKind::kWrite, 0, 9);
    operation.is_write = true;
    did(task, operation, 0);
  }
  void gives(TaskId task) {
    Operation operation = call(Call::kSemaphorePost, StepKind::kUnlock, 50, 11);
    operation.is_write = true;
    did(task, operation, 0);
  }
  std::vector<Found> found() const { return polls_in(observation); }
};

TEST(Polls, WhoTriesAgainHavingDoneNothingElseIsTold) {
  Asking run;
  run.tries(0);
  run.sleeps();
  run.gives(3);
  run.tries(1);
  const std::vector<Found> found = run.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "busy-waiting");
  ASSERT_EQ(found[0].steps.size(), 2u);
  EXPECT_EQ(found[0].steps[0].operation.place, 5u);
  EXPECT_EQ(found[0].steps[1].operation.place, 5u);
}

TEST(Polls, EachPlaceIsToldOnce) {
  Asking run;
  for (int i = 0; i < 9; ++i) run.tries(0);
  EXPECT_EQ(run.found().size(), 1u);
}

TEST(Polls, WhoGotItOrDoesSomethingElseFirstOrTriesElsewhereIsNot) {
  Asking got, works, elsewhere;
  got.tries(1);
  got.tries(0);
  works.tries(0);
  works.gives(2);
  works.tries(0);
  elsewhere.tries(0);
  elsewhere.tries(0, 6);
  EXPECT_TRUE(got.found().empty());
  EXPECT_TRUE(works.found().empty());
  EXPECT_TRUE(elsewhere.found().empty());
}

// A wait that gave up, was interrupted, or whose set was erased is no try.
TEST(Polls, AWaitThatFailedIsNoTry) {
  for (const int way : {0, 1, 2}) {
    Asking run;
    for (int i = 0; i < 3; ++i) {
      TraceEvent& event = run.did(2, Made::call(Call::kSemop, StepKind::kLock, 50, 5), kFailedCall);
      if (way == 0) event.flags = TraceEvent::kTimed | TraceEvent::kTimedOut;
      if (way == 1) event.flags = TraceEvent::kInterrupted;
      if (way == 2) event.effect = kWaited;
    }
    EXPECT_TRUE(run.found().empty()) << way;
  }
}

TEST(Polls, WhoSleepsBetweenTwoLooksUntilAnotherTaskWritesIsTold) {
  Asking run;
  run.looks(0);
  run.sleeps();
  run.looks(0);
  run.sleeps();
  run.writes(3);
  run.looks(1);
  const std::vector<Found> found = run.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].steps[0].task, 2u);
  EXPECT_EQ(found[0].steps[1].task, 3u);
  EXPECT_EQ(found[0].steps[1].operation.place, 9u);
}

TEST(Polls, OneSleepIsEnough) {
  Asking run;
  run.looks(0);
  run.sleeps();
  run.writes(3);
  run.looks(1);
  EXPECT_EQ(run.found().size(), 1u);
}

TEST(Polls, LooksWithoutSleepOrChangeOrWithOwnWritesAreNone) {
  Asking awake, same, own, handled;
  awake.looks(0);
  awake.yields();
  awake.looks(0);
  awake.writes(3);
  awake.looks(1);
  for (int i = 0; i < 5; ++i) {
    same.looks(0);
    same.sleeps();
  }
  own.looks(0);
  own.sleeps();
  own.looks(0);
  own.writes(2);
  own.looks(1);
  EXPECT_TRUE(awake.found().empty());
  EXPECT_TRUE(same.found().empty());
  EXPECT_TRUE(own.found().empty());
}

TEST(Polls, WhoAsksForTheValueOfASemaphoreUntilItChangesIsTold) {
  Asking run, once;
  run.asks(0);
  run.asks(0);
  run.gives(3);
  run.asks(1);
  EXPECT_EQ(run.found().size(), 1u);
  once.asks(0);
  once.gives(3);
  once.asks(1);
  EXPECT_TRUE(once.found().empty());
}

TEST(Polls, NothingIsSaidWithoutControl) { EXPECT_TRUE(polls_in(Observation()).empty()); }

}  // namespace
}  // namespace jitterlab
