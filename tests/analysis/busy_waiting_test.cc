// A loop that only waits, from both sides. What the agent finds out of a task's state is kOnlyWaits here;
// tests/detection/programs has the programs.
#include "analysis/busy_waiting.h"

#include <gtest/gtest.h>

#include "analysis/made_execution.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

// A child of main that looks, and one that writes.
class Waiting : public Made {
 public:
  Waiting() {
    end().objects.resize(61);
    end().objects[60] = {NamedKind::kSegment, 8};
    created(2, 1);
    created(3, 1);
  }
  TraceEvent& looks(std::uint64_t value, std::uint64_t offset = 0, std::uint64_t line = 5) {
    return did(2, access(StepKind::kRead, offset, line), value);
  }
  void only_waits(std::uint64_t value) { looks(value).effect = kOnlyWaits; }
  // `value`: what was there before.
  void writes(TaskId task, std::uint64_t value, std::uint64_t offset, std::uint64_t line) {
    Operation operation = access(StepKind::kWrite, offset, line);
    operation.is_write = true;
    did(task, operation, value);
  }
  std::vector<Found> found() const { return busy_waiting_in(observation); }
};

TEST(BusyWaiting, TellsTheLoopAndTheWriteThatEndsIt) {
  Waiting run;
  run.looks(0);
  run.only_waits(0);
  run.writes(3, 0, 4, 8);
  run.writes(3, 0, 0, 9);
  run.looks(0xff);
  const std::vector<Found> found = run.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, "busy-waiting");
  ASSERT_EQ(found[0].steps.size(), 2u);
  EXPECT_EQ(found[0].steps[0].task, 2u);
  EXPECT_EQ(found[0].steps[0].operation.place, 5u);
  EXPECT_EQ(found[0].steps[1].task, 3u);
  EXPECT_EQ(found[0].steps[1].operation.place, 9u);
}

TEST(BusyWaiting, ALoopThatTheAgentDidNotSeeComeBackIsNone) {
  Waiting run;
  for (int i = 0; i < 20; ++i) run.looks(0);
  run.writes(3, 0, 0, 9);
  run.looks(1);
  EXPECT_TRUE(run.found().empty());
}

TEST(BusyWaiting, ALoopThatNobodyEndsIsLeftToWhoTellsOfDeadlocks) {
  Waiting run;
  run.looks(0);
  run.only_waits(0);
  run.looks(0);
  EXPECT_TRUE(run.found().empty());
}

TEST(BusyWaiting, ALoopThatIsLeftWithoutAChangeIsNone) {
  Waiting run;
  run.looks(0);
  run.only_waits(0);
  run.writes(3, 0, 0, 9);
  run.looks(7, 4, 6);  // somewhere else, as a handler of a signal does
  run.looks(1);
  EXPECT_TRUE(run.found().empty());
}

TEST(BusyWaiting, OfSeveralThingsThatALoopReadsTheOneThatChangedIsTold) {
  Waiting run;
  for (int i = 0; i < 2; ++i) {
    run.looks(3, 4, 6);
    i == 0 ? static_cast<void>(run.looks(0)) : run.only_waits(0);
  }
  run.writes(3, 3, 4, 9);
  run.looks(8, 4, 6);
  ASSERT_EQ(run.found().size(), 1u);
  EXPECT_EQ(run.found()[0].steps[0].operation.place, 6u);
}

TEST(BusyWaiting, AWriteThatChangedNothingDoesNotEndIt) {
  Waiting run;
  run.looks(0);
  run.only_waits(0);
  run.writes(3, 0, 0, 9);
  run.writes(3, 1, 0, 12);  // it found what was written at line 9
  run.looks(1);
  ASSERT_EQ(run.found().size(), 1u);
  EXPECT_EQ(run.found()[0].steps[1].operation.place, 9u);
}

TEST(BusyWaiting, AWriteInsideLibcCounts) {
  Waiting run;
  run.looks(0);
  run.only_waits(0);
  run.did(3, {.kind = StepKind::kSend, .place = 9});
  TraceEvent note{.kind = TraceEvent::Kind::kNoted, .task = 3, .operation = Made::access(StepKind::kWrite, 0, 11)};
  note.operation.is_write = true;
  run.end().trace.notes.push_back({run.end().trace.events.size() - 1, note});
  run.looks(1);
  ASSERT_EQ(run.found().size(), 1u);
  EXPECT_EQ(run.found()[0].steps[1].operation.place, 11u);
}

TEST(BusyWaiting, WithoutControlNothingIsSaid) {
  Waiting run;
  run.looks(0);
  run.only_waits(0);
  run.writes(3, 0, 0, 9);
  run.looks(1);
  ASSERT_FALSE(run.found().empty());
  run.end().lost = 1;
  EXPECT_TRUE(run.found().empty());
}

}  // namespace
}  // namespace jitterlab
