// What is told of Python programs, from traces written down by hand.
#include "analysis/python_story.h"

#include <gmock/gmock.h>

#include "analysis/made_execution.h"
#include "schedule/python_place.h"

namespace jitterlab {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::uint64_t place(int line, std::uint16_t file = 0) {
  return reinterpret_cast<std::uintptr_t>(python_place({file, line, 2 * line}));
}

// main and two threads of prog.py, in which line 7 is "line_7()".
class Script : public Made {
 public:
  Script() {
    created(2, 1, true);
    created(3, 1, true);
  }
  void in(TaskId task, int line, std::uint16_t file = 0) {
    did(task, {.kind = StepKind::kAtomic, .is_write = true, .object = 9, .place = place(line, file)});
  }
  void waits_in(TaskId task, int line) { waits(task, {.kind = StepKind::kLock, .object = 9, .place = place(line)}); }

  Explanation explanation(const Script* passing = nullptr) {
    SourceNames names;
    names.line_of = [](std::uint64_t at) {
      const PythonPlace python = python_place_of(at);
      return python.file == 0 ? SourceLine{"prog.py", python.line, ""} : SourceLine{};
    };
    names.text_of = [](const SourceLine& line) {
      return line.is_known() ? "line_" + std::to_string(line.line) + "()" : "";
    };
    return explain(observation, passing != nullptr ? &passing->observation.controlled->trace : nullptr, names);
  }
};

TEST(PythonStory, StepsOfATaskInOneLineAreToldOnceWithItsText) {
  Script script;
  script.in(2, 7);
  script.in(2, 7);
  script.in(3, 7);
  script.in(2, 8);
  EXPECT_THAT(lines_of(script.explanation().story, 80),
              ElementsAre("step   line  thread 1  thread 2",  //
                          "   1      7  line_7()",            //
                          "   3      7            line_7()",  //
                          "   4      8  line_8()",            //
                          "(lines of prog.py)"));
}

TEST(PythonStory, BeginsBeforeTheFirstLineThatComesOtherwiseInAPassingExecution) {
  Script script, passing;
  for (Script* one : {&script, &passing}) {
    for (const int line : {3, 4, 5}) one->in(1, line);
  }
  script.in(2, 7);
  passing.in(3, 7);
  const Story story = script.explanation(&passing).story;
  EXPECT_FALSE(story.is_only_the_last);
  EXPECT_EQ(story.before, 2);
  ASSERT_EQ(story.steps.size(), 2u);
  EXPECT_EQ(story.steps[0].what, "line_5()");
  EXPECT_EQ(story.steps[1].task, "thread 1");
}

TEST(PythonStory, ALongOneLosesItsMiddle) {
  Script script, passing;
  passing.in(3, 1);
  for (int line = 10; line < 50; ++line) script.in(2, line);
  const Story story = script.explanation(&passing).story;
  ASSERT_EQ(story.steps.size(), kMostStorySteps);
  EXPECT_EQ(story.steps.front().what, "line_10()");
  EXPECT_EQ(story.steps.back().what, "line_49()");
  EXPECT_EQ(story.between, 40 - static_cast<int>(kMostStorySteps));
  EXPECT_TRUE(script.explanation().story.is_only_the_last) << "there is nothing to compare it with";
}

TEST(PythonStory, OfADeadlockEachTaskIsToldWithTheLineInWhichItWaits) {
  Script script;
  script.in(2, 7);
  script.in(3, 17);
  script.in(1, 26);
  script.waits_in(2, 8);
  script.waits(1, {.kind = StepKind::kLock, .object = 9, .place = 0x7ffff0001234});
  const Explanation explanation = script.explanation();
  ASSERT_TRUE(explanation.deadlock);
  EXPECT_THAT(lines_of(*explanation.deadlock),
              ElementsAre("Everyone waits, and nobody can go on.", "- thread 1 waits at prog.py:8: line_8()",
                          "- main waits at prog.py:26: line_26()"));
  EXPECT_EQ(explanation.story.steps.back().what, "waits: line_26()");
  EXPECT_EQ(explanation.deadlock->kind, DeadlockKind::kUnknown);
}

TEST(PythonStory, SemaphoresOfProcessesThatAreTakenCrosswiseAreACircularWait) {
  Script script;
  script.created(4, 1);
  script.created(5, 1);
  const auto wait = [](std::uint64_t semaphore, int line) {
    return Made::call(Call::kSemaphoreWait, StepKind::kLock, semaphore, place(line));
  };
  script.end().objects.resize(72);
  for (const std::size_t semaphore : {70, 71}) script.end().objects[semaphore].kind = NamedKind::kFile;
  script.did(4, wait(70, 8), 1);
  script.did(5, wait(71, 18), 1);
  script.waits(4, wait(71, 9));
  script.waits(5, wait(70, 19));
  const Deadlock deadlock = script.explanation().deadlock.value();
  EXPECT_EQ(deadlock.kind, DeadlockKind::kCircularWait);
  EXPECT_EQ(deadlock.waiters[0].words, "child 1 waits at prog.py:9 for semaphore 2, which child 2 took at prog.py:18.");
  script.end().objects[70].kind = NamedKind::kPrivate;
  EXPECT_EQ(script.explanation().deadlock->kind, DeadlockKind::kUnknown)
      << "a lock of threads, given back without a step";
}

TEST(PythonStory, OfAnotherFileTheNumberOfTheLineIsTold) {
  Script script;
  script.in(2, 7, 3);
  const Story story = script.explanation().story;
  ASSERT_EQ(story.steps.size(), 1u);
  EXPECT_EQ(story.steps[0].what, "line 7 of another file");
}

TEST(PythonStory, WithoutStepsInTheScriptThereIsNone) {
  Made made;
  made.did(1, {.kind = StepKind::kSend, .object = 4});
  EXPECT_THAT(tell_python_story(made.end(), TaskList(made.observation), SourceNames(), nullptr).steps, IsEmpty());
}

}  // namespace
}  // namespace jitterlab
