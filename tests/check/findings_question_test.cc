#include <gmock/gmock.h>

#include "check/observation_fixture.h"
#include "schedule/effect.h"

namespace jitterlab {
namespace {

using testing::HasSubstr;

Answer ask_for(FindingKind kind, const Observation& observation) { return ask(FindingsCheck{{kind}}, observation); }

TraceEvent created(TaskId task, TaskId parent) { return {.task = task, .parent = parent}; }

TraceEvent access(TaskId task, StepKind kind, std::uint64_t offset = 0) {
  TraceEvent event{.kind = TraceEvent::Kind::kExecuted, .choice = {1, 0, Choice::kNone}, .task = task};
  event.operation = {
      .kind = kind, .is_write = kind == StepKind::kWrite, .size = 4, .object = 1, .offset = offset, .place = task};
  return event;
}

// Two processes of a third.
Observation controlled(const std::vector<TraceEvent>& accesses) {
  Observation observation = ended("producer: exit 0");
  observation.execution.strategy = Strategy::kControlled;
  observation.controlled.emplace();
  observation.controlled->roots = {{1, 0}};
  observation.controlled->objects = {{}, {NamedKind::kSegment}};
  std::vector<TraceEvent>& events = observation.controlled->trace.events;
  events = {created(1, 0), created(2, 1), created(3, 1)};
  events.insert(events.end(), accesses.begin(), accesses.end());
  return observation;
}

Observation racing() { return controlled({access(2, StepKind::kWrite), access(3, StepKind::kRead)}); }
Observation apart() { return controlled({access(2, StepKind::kWrite), access(3, StepKind::kRead, 4)}); }

Observation at_rest(Observation observation) {
  observation.came_to_rest = true;
  return observation;
}

Observation waiting(const WaitingTask& task) {
  Observation observation = at_rest(controlled({}));
  observation.controlled->waiting = {task};
  return observation;
}

TEST(FindingsQuestion, ARaceFailsAndItsTwinPasses) {
  const Answer answer = ask_for(FindingKind::kRace, racing());
  EXPECT_EQ(answer.verdict, Verdict::kFailed);
  EXPECT_EQ(answer.expected, "none of: race");
  EXPECT_EQ(answer.seen, "race: accesses to the same memory that nothing orders");
  EXPECT_EQ(ask_for(FindingKind::kRace, apart()).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, OnlyWhatIsForbiddenCounts) {
  EXPECT_EQ(ask_for(FindingKind::kDeadlock, racing()).verdict, Verdict::kPassed);
  EXPECT_EQ(ask_for(FindingKind::kRace, at_rest(apart())).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, WhatTakesATraceIsNotGradedWithoutOne) {
  for (const FindingKind kind : {FindingKind::kRace, FindingKind::kLivelock, FindingKind::kLostWakeUp}) {
    const Answer answer = ask_for(kind, ended("producer: exit 0"));
    EXPECT_EQ(answer.verdict, Verdict::kNotGraded) << spelled(kind);
    EXPECT_EQ(answer.seen, "only controlled executions tell who did what when");
  }
}

TEST(FindingsQuestion, WithoutControlNothingIsSaidOfOrder) {
  Observation lost = racing();
  lost.controlled->lost = 1;
  EXPECT_THAT(ask_for(FindingKind::kRace, lost).seen, HasSubstr("control was lost"));
  Observation cloned = racing();
  cloned.controlled->used = NotControlled::kClone;
  EXPECT_EQ(ask_for(FindingKind::kRace, cloned).verdict, Verdict::kNotGraded);
}

TEST(FindingsQuestion, AnExecutionAtRestIsADeadlockUnderControlOrNot) {
  for (const Observation& observation : {at_rest(ended("producer: alive")), at_rest(apart())}) {
    EXPECT_EQ(ask_for(FindingKind::kDeadlock, observation).seen, "deadlock: everyone waited and nobody could go on");
  }
  EXPECT_EQ(ask_for(FindingKind::kDeadlock, ended("producer: exit 0")).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, ADeadlockOutsideControlFailsWhatElseItMayHide) {
  const FindingsCheck both{{FindingKind::kRace, FindingKind::kDeadlock}};
  EXPECT_EQ(ask(both, at_rest(ended("producer: alive"))).verdict, Verdict::kFailed);
  EXPECT_EQ(ask(both, ended("producer: exit 0")).verdict, Verdict::kNotGraded);
}

TEST(FindingsQuestion, ALivelockIsNoDeadlock) {
  WaitingTask task;
  task.id = 2;
  task.waits_for = WaitsFor::kLoop;
  EXPECT_EQ(ask_for(FindingKind::kLivelock, waiting(task)).verdict, Verdict::kFailed);
  EXPECT_EQ(ask_for(FindingKind::kDeadlock, waiting(task)).verdict, Verdict::kPassed);
  EXPECT_EQ(ask_for(FindingKind::kLivelock, at_rest(apart())).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, ALostWakeUpIsTheDeadlockAfterASignalNobodyHeard) {
  WaitingTask task;
  task.id = 2;
  task.waits_for = WaitsFor::kFutex;
  task.operation = {.kind = StepKind::kLock, .call = Call::kConditionWoken, .object = 1, .place = 7};
  Observation never = waiting(task), lost = never;
  TraceEvent signal = access(3, StepKind::kUnlock);
  signal.operation.call = Call::kConditionSignal;
  lost.controlled->trace.events.push_back(signal);
  EXPECT_EQ(ask_for(FindingKind::kLostWakeUp, lost).verdict, Verdict::kFailed);
  EXPECT_EQ(ask_for(FindingKind::kLostWakeUp, never).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, WhoWaitsByReadingAgainAndAgainBusyWaits) {
  std::vector<TraceEvent> looks(3, access(2, StepKind::kRead));
  const Observation counts = controlled({looks[0], looks[1], access(3, StepKind::kWrite), looks[2]});
  looks[1].effect = kOnlyWaits;
  looks[2].value = 1;
  const Observation waits = controlled({looks[0], looks[1], access(3, StepKind::kWrite), looks[2]});
  EXPECT_EQ(ask_for(FindingKind::kBusyWaiting, waits).seen,
            "busy-waiting: somebody waits by reading the same again and again");
  EXPECT_EQ(ask_for(FindingKind::kBusyWaiting, counts).verdict, Verdict::kPassed);
}

// In C++ too: no header of the library sleeps between two looks.
TEST(FindingsQuestion, WhoSleepsAndLooksBusyWaitsInWhateverLanguage) {
  TraceEvent sleep{.kind = TraceEvent::Kind::kExecuted, .flags = TraceEvent::kTimed, .choice = {1, 0, Choice::kNone}};
  sleep.task = 2;
  sleep.operation = {.kind = StepKind::kSleep, .place = 3};
  TraceEvent changed = access(2, StepKind::kRead);
  changed.value = 1;
  const Observation sleeps = controlled({access(2, StepKind::kRead), sleep, access(3, StepKind::kWrite), changed});
  const Observation looks_once = controlled({sleep, access(3, StepKind::kWrite), changed});
  const Check check{
      .id = "asked", .points = 1, .in = {"fruit"}, .question = FindingsCheck{{FindingKind::kBusyWaiting}}};
  Lab lab = fruit_lab();
  for (const auto& pattern : {"*.c", "*.cc"}) {
    lab.hand_in.programs = {{"shop", {pattern}}};
    EXPECT_EQ(answer(lab, check, sleeps, nullptr).seen,
              "busy-waiting: somebody waits by looking or trying again and again");
    EXPECT_EQ(answer(lab, check, looks_once, nullptr).verdict, Verdict::kPassed);
  }
}

TEST(FindingsQuestion, AnOrphanFailsAndItsTwinPasses) {
  const TraceEvent end = access(1, StepKind::kExit);
  const Observation early = controlled({end, access(2, StepKind::kWrite), access(2, StepKind::kExit)});
  const Observation late = controlled({access(2, StepKind::kWrite), end});
  EXPECT_EQ(ask_for(FindingKind::kOrphan, early).seen, "orphan: the program was over before all of its processes were");
  EXPECT_EQ(ask_for(FindingKind::kOrphan, late).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, BusyWaitingOfWhatMayBeCppFailsNobody) {
  std::vector<TraceEvent> looks(3, access(2, StepKind::kRead));
  looks[1].effect = kOnlyWaits;
  looks[2].value = 1;
  const Observation waits = controlled({looks[0], looks[1], access(3, StepKind::kWrite), looks[2]});
  const Check check{
      .id = "asked", .points = 1, .in = {"fruit"}, .question = FindingsCheck{{FindingKind::kBusyWaiting}}};
  Lab lab = fruit_lab();
  for (const auto& [pattern, verdict] : {std::pair("*.c", Verdict::kFailed), std::pair("*.cc", Verdict::kNotGraded)}) {
    lab.hand_in.programs = {{"shop", {pattern}}};
    EXPECT_EQ(answer(lab, check, waits, nullptr).verdict, verdict) << pattern;
  }
  lab.hand_in = {Language::kCpp, {{"shop", {"*.c"}}}};
  EXPECT_EQ(answer(lab, check, waits, nullptr).verdict, Verdict::kNotGraded);
}

TEST(FindingsQuestion, AMisuseFailsTheCheckThatForbidsItAndNoOther) {
  TraceEvent get{
      .kind = TraceEvent::Kind::kExecuted, .choice = {1, 0, Choice::kNone}, .task = 2, .value = 1, .detail = 4};
  get.operation = {.kind = StepKind::kObject, .call = Call::kSegmentGet, .place = 9};
  const Observation outside = controlled({get, access(2, StepKind::kWrite, 4)});
  const Observation inside = controlled({get, access(2, StepKind::kWrite, 0)});
  EXPECT_EQ(ask_for(FindingKind::kOutsideSegment, outside).seen,
            "outside-segment: a segment of 4 bytes is accessed beyond its end");
  EXPECT_EQ(ask_for(FindingKind::kOutsideSegment, inside).verdict, Verdict::kPassed);
  EXPECT_EQ(ask_for(FindingKind::kValueSetAgain, outside).verdict, Verdict::kPassed);
  EXPECT_EQ(ask_for(FindingKind::kFailedCallUsed, outside).verdict, Verdict::kPassed);
}

TEST(FindingsQuestion, SleepAsSynchronisationIsNotLookedFor) {
  EXPECT_EQ(ask_for(FindingKind::kSleepAsSynchronisation, apart()).verdict, Verdict::kNotGraded);
}

TEST(FindingsQuestion, ALeakIsWhatIsLeftBehind) {
  Observation observation = ended("producer: exit 0");
  EXPECT_EQ(ask_for(FindingKind::kLeak, observation).verdict, Verdict::kPassed);
  observation.left_behind = {{LeftKind::kQueue, "key 0x1"}};
  EXPECT_EQ(ask_for(FindingKind::kLeak, observation).seen, "leak: left behind: message queue `key 0x1`");
}

}  // namespace
}  // namespace jitterlab
