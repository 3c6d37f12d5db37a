#include "analysis/story.h"

#include <gmock/gmock.h>

#include "analysis/made_execution.h"

namespace jitterlab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

constexpr auto kRead = StepKind::kRead, kWrite = StepKind::kWrite;

void add_once(Made& made, TaskId task, std::uint64_t value, std::uint64_t line) {
  made.did(task, Made::access(kRead, 0, line), value);
  made.did(task, Made::access(kWrite, 0, line), value);
}

Made two_children() {
  Made made;
  made.created(2, 1);
  made.created(3, 1);
  return made;
}

Made lost_update() {
  Made made = two_children();
  made.did(1, Made::access(kWrite, 8, 3));
  made.did(2, Made::access(kRead, 0, 10), 0);
  made.preempting(3, Made::access(kRead, 0, 20), 0);
  made.did(3, Made::access(kWrite, 0, 21), 0);
  made.did(2, Made::access(kWrite, 0, 11), 1);
  made.did(1, Made::access(kRead, 0, 30), 1);
  made.ends(1, 31, 1);
  return made;
}

Made no_lost_update() {
  Made made = two_children();
  add_once(made, 2, 0, 10);
  add_once(made, 3, 1, 20);
  made.did(1, Made::access(kRead, 0, 30), 2);
  made.ends(1, 31);
  return made;
}

Story story_of(const Made& made, const Trace* passing = nullptr) {
  return explain(made.observation, passing, made_names()).story;
}

TEST(Story, LostUpdateIsToldWithWhatWasReadAndWritten) {
  const Made failing = lost_update();
  Made passing = no_lost_update();
  EXPECT_THAT(lines_of(story_of(failing, &passing.end().trace), 78),
              ElementsAre("step   line  main               child 1            child 2",
                          "   2     10                     reads counter: 0",
                          "   3 >   20                                        reads counter: 0",
                          "   4     21                                        writes counter: 1",
                          "   5     11                     writes counter: 1",
                          "   6     30  reads counter: 1",  //
                          "   7     31  ends with 1",
                          "(lines of prog.c; 1 step before and 0 in between left out; > the task before could have "
                          "gone on)"));
}

TEST(Story, TheStepOfNoReturnIsMarkedOrTheNextThatIsTold) {
  const Made failing = lost_update();
  Made passing = no_lost_update();
  Story story = story_of(failing, &passing.end().trace);
  mark_no_return(story, 3);
  const auto lines = lines_of(story, 100);
  EXPECT_THAT(lines.at(2), HasSubstr("   3!>   20 "));
  EXPECT_THAT(lines.back(), HasSubstr("; ! from here on no way was found to avoid it)"));
  Story between = story_of(failing, &passing.end().trace);
  mark_no_return(between, 1);
  EXPECT_TRUE(between.steps.at(0).is_no_return);
  mark_no_return(between, 99);
  EXPECT_EQ(
      std::count_if(between.steps.begin(), between.steps.end(), [](const StoryStep& one) { return one.is_no_return; }),
      1);
}

// Thirty steps of two children on one variable, one of which comes after a sleep that was over early.
Made long_after_a_sleep() {
  Made made = two_children();
  for (int i = 0; i < 15; ++i) {
    made.did(2, Made::access(kWrite, 0, 10), static_cast<std::uint64_t>(i));
    if (i == 3) {
      TraceEvent& sleep = made.did(3, {.kind = StepKind::kSleep, .place = 20});
      sleep.flags = TraceEvent::kTimed | TraceEvent::kTimedOut;
      sleep.choice.count = 2;
    }
    made.did(3, Made::access(kRead, 0, 21), static_cast<std::uint64_t>(i));
  }
  made.ends(1, 31, 1);
  return made;
}

TEST(Story, OfAFailureThatNeedsAnEarlySleepBeginsThere) {
  const Made failing = long_after_a_sleep();
  const auto told = [&](bool by_sleep) {
    std::vector<int> steps;
    for (const StoryStep& step :
         explain(failing.observation, nullptr, made_names(), {}, {.by_sleep = by_sleep}).story.steps)
      steps.push_back(step.step);
    return steps;
  };
  const std::vector<int> by_sleep = told(true), otherwise = told(false);
  ASSERT_EQ(by_sleep.size(), otherwise.size());
  EXPECT_EQ(by_sleep.front(), 5);  // three before the sleep, which is the eighth
  EXPECT_EQ(by_sleep.at(3), 8);
  EXPECT_EQ(std::count(otherwise.begin(), otherwise.end(), 8), 0);
}

// Two children that count forty times; a switch in the ninth of them, at step 18, loses an update.
Made long_after_a_lost_update() {
  Made made = two_children();
  for (std::uint64_t i = 0; i < 40; ++i) {
    const TaskId task = i % 2 == 0 ? 2 : 3;
    made.did(task, Made::access(kRead, 0, 10), i);
    if (i == 8) made.preempting(5 - task, Made::access(kRead, 0, 20), i);
    made.did(task, Made::access(kWrite, 0, 11), i);
  }
  made.ends(1, 31, 1);
  return made;
}

std::vector<int> steps_told(const Made& made, std::optional<std::size_t> no_return) {
  std::vector<int> steps;
  for (const StoryStep& step :
       explain(made.observation, nullptr, made_names(), {}, {.no_return = no_return}).story.steps)
    steps.push_back(step.step);
  return steps;
}

TEST(Story, WithoutRoomForAllItIsToldAroundTheStepOfNoReturnWithTheLastThatCameOfIt) {
  const Made failing = long_after_a_lost_update();
  EXPECT_THAT(steps_told(failing, 18), ElementsAre(14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 81, 82));
}

TEST(Story, AroundAStepOfNoReturnNearTheEndAllTheRoomIsUsed) {
  const Made failing = long_after_a_lost_update();
  EXPECT_EQ(steps_told(failing, 80), steps_told(failing, std::nullopt));
  EXPECT_EQ(steps_told(failing, 80).front(), 71);
}

TEST(Story, WhereThereIsNoRoomForColumnsEachStepNamesItsTask) {
  const Made failing = lost_update();
  Made passing = no_lost_update();
  const auto lines = lines_of(story_of(failing, &passing.end().trace), 40);
  EXPECT_EQ(lines[2], "   3 >   20  child 2  reads counter: 0");
}

// A process that is alone with its signals: the handler writes in the middle of `counter = counter + 1`.
TEST(Story, OfAProgramAloneWithItsSignalsItIsToldWhereTheChosenOnesCame) {
  constexpr TaskId kTimer = 9;
  const Operation signal{.kind = StepKind::kSignal, .is_write = true, .object = 1};
  Made made;
  const auto arrives = [&](bool is_chosen, std::uint64_t line) {
    is_chosen ? made.preempting(kTimer, signal) : made.did(kTimer, signal);
    made.did(1, Made::access(kWrite, 0, line)).flags = TraceEvent::kInterrupted;
  };
  made.did(1, Made::access(kWrite, 0, 3), 0);
  arrives(false, 4);
  made.did(1, Made::access(kRead, 0, 10), 5);
  made.did(1, Made::access(kRead, 8, 11), 0);
  arrives(true, 12);
  made.did(1, Made::access(kWrite, 0, 20), 5);
  made.did(1, Made::access(kWrite, 0, 12), 6);
  made.did(1, Made::call(Call::kPause, StepKind::kWait, 0, 30));
  made.did(1, Made::access(kWrite, 0, 40), 6);
  EXPECT_THAT(lines_of(story_of(made), 78),
              ElementsAre("step   line  main",
                          "   1      3  writes counter: 5",  //
                          "   4     10  reads counter: 5",   //
                          "   7 >   12  gets a signal",      //
                          "   8     20  writes counter: 6",  //
                          "   9     12  writes counter: 6",  //
                          "  10     30  goes to wait for a signal", HasSubstr("lines of prog.c")));
}

// Nothing in it could have come in another order.
TEST(Story, WhereNothingExplainsTheFailureTheLastStepsAreTold) {
  Made made;
  for (std::uint64_t line = 1; line <= 20; ++line) made.did(1, Made::access(kWrite, 0, line), line - 1);
  made.ends(1, 31, 1);
  const Story story = story_of(made);
  EXPECT_TRUE(story.is_only_the_last);
  EXPECT_THAT(story.steps, SizeIs(kMostStorySteps));
  EXPECT_EQ(story.before, 9);
  EXPECT_EQ(story.steps.front().what, "writes counter: 10");
  EXPECT_EQ(story.steps.back().what, "ends with 1");
}

TEST(Story, WhatExplainsAFailureIsMoreThanItsLastSteps) {
  Made passing = no_lost_update();
  EXPECT_FALSE(story_of(lost_update(), &passing.end().trace).is_only_the_last);
}

TEST(Story, EveryStepOfAnExecutionIsToldUpToALimit) {
  const Made made = lost_update();
  const auto told = [&](std::size_t most) { return every_step(made.observation, made_names(), {}, most).steps; };
  EXPECT_THAT(told(100), SizeIs(7));
  EXPECT_EQ(told(100).back().what, "ends with 1");
  EXPECT_THAT(told(3), SizeIs(3));
}

TEST(Story, PrintingAndUsingASocketAreToldAsThat) {
  Made made;
  made.end().objects = {{}, {NamedKind::kOutput}, {NamedKind::kOutput}, {NamedKind::kSocket}, {NamedKind::kFile}};
  for (std::uint64_t object = 1; object <= 4; ++object) {
    made.did(1, {.kind = StepKind::kSend, .is_write = true, .call = Call::kWrite, .object = object, .place = 7}, 3);
    made.did(1, {.kind = StepKind::kSend, .is_write = true, .object = object, .place = 8});
  }
  std::vector<std::string> words;
  for (const StoryStep& step : every_step(made.observation, made_names(), {}, 100).steps) words.push_back(step.what);
  EXPECT_THAT(words, ElementsAre("prints", "prints", "prints", "prints", "writes 3 bytes to a socket",
                                 "writes to a socket", "writes 3 bytes to the file", "writes"));
}

TEST(Story, WhatOnlyOneTaskTouchesIsLeftOut) {
  Made failing = lost_update();
  for (int i = 0; i < 5; ++i) failing.did(2, Made::access(kWrite, 16, 50));
  Made passing = no_lost_update();
  for (const StoryStep& step : story_of(failing, &passing.end().trace).steps)
    EXPECT_THAT(step.what, Not(HasSubstr("done")));
}

TEST(Story, WhatCameInTheSameOrderAsInThePassingExecutionIsToldOnlyWhereThereIsRoom) {
  Made failing = two_children(), passing = two_children();
  for (Made* made : {&failing, &passing}) {
    made->did(2, Made::access(kWrite, 8, 5));
    made->did(3, Made::access(kRead, 8, 6), 1);
  }
  failing.did(2, Made::access(kRead, 0, 10), 0);
  failing.did(3, Made::access(kWrite, 0, 20), 0);
  passing.did(3, Made::access(kWrite, 0, 20), 0);
  passing.did(2, Made::access(kRead, 0, 10), 1);
  EXPECT_THAT(story_of(failing, &passing.end().trace).steps, SizeIs(4));
  for (Made* made : {&failing, &passing}) {
    for (std::uint64_t i = 0; i < 20; ++i) made->did(2 + i % 2, Made::access(kWrite, 8, 5), i);
  }
  EXPECT_THAT(story_of(failing, &passing.end().trace).steps, SizeIs(2));
}

TEST(Story, ALongExecutionIsCutToItsEnd) {
  Made failing = two_children();
  for (std::uint64_t i = 0; i < 100; ++i) add_once(failing, 2 + i % 2, i, 10);
  failing.ends(1, 31, 1);
  const Story story = story_of(failing);
  EXPECT_THAT(story.steps, SizeIs(Le(kMostStorySteps)));
  EXPECT_EQ(story.steps.back().what, "ends with 1");
  EXPECT_EQ(story.before + story.between + static_cast<int>(story.steps.size()), 201);
}

TEST(Story, ADeadlockEndsWithWhatIsWaitedFor) {
  Made made = two_children();
  made.semop(2, 0, -1, 0, 10);
  made.semop(3, 1, -1, 0, 20);
  made.waits_for_semaphore(2, 1, 11);
  made.waits_for_semaphore(3, 0, 21);
  std::vector<std::string> words;
  for (const StoryStep& step : story_of(made).steps) words.push_back(step.task + ": " + step.what);
  EXPECT_THAT(words, ElementsAre("child 1: P(semaphore 0): 1 -> 0", "child 2: P(semaphore 1): 1 -> 0",
                                 "child 1: wants P(semaphore 1)", "child 2: wants P(semaphore 0)"));
}

TEST(Story, TheFirstValuesOfSemaphoresAreTold) {
  Made failing = two_children(), passing = two_children();
  for (Made* made : {&failing, &passing}) {
    made->did(1, {.kind = StepKind::kObject, .is_write = true, .call = Call::kSemaphoresSet, .object = 50, .place = 4},
              2);
  }
  failing.semop(2, 0, -1, 1, 10);
  failing.semop(3, 0, -1, 0, 20);
  passing.semop(3, 0, -1, 1, 20);
  passing.semop(2, 0, -1, 0, 10);
  EXPECT_EQ(story_of(failing, &passing.end().trace).steps.at(0).what, "sets semaphore 0 to 2");
}

TEST(Story, AnExecutionWithoutStepsHasNone) { EXPECT_THAT(lines_of(story_of(Made()), 78), IsEmpty()); }

}  // namespace
}  // namespace jitterlab
