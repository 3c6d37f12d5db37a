#include "analysis/deadlock.h"

#include <gmock/gmock.h>

#include "analysis/made_execution.h"

namespace jitterlab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Deadlock deadlock_of(const Made& made, const Trace* passing = nullptr) {
  const Explanation explanation = explain(made.observation, passing, made_names());
  return explanation.deadlock.value_or(Deadlock{});
}

void make_two_children(Made& made) {
  made.created(2, 1);
  made.created(3, 1);
}

TEST(ExplainDeadlock, TwoLocksTakenCrosswiseAreACircularWaitWithItsFourConditions) {
  Made made;
  make_two_children(made);
  made.semop(2, 0, -1, 0, 10);
  made.semop(3, 1, -1, 0, 20);
  made.waits_for_children(1, 30);
  made.waits_for_semaphore(2, 1, 11);
  made.waits_for_semaphore(3, 0, 21);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kCircularWait);
  EXPECT_THAT(lines_of(deadlock),
              ElementsAre("Circular wait: child 1 and child 2 wait for each other.",
                          "- child 1 waits at prog.c:11 (f) for semaphore 1, which child 2 took at prog.c:20 (f).",
                          "- child 2 waits at prog.c:21 (f) for semaphore 0, which child 1 took at prog.c:10 (f).",
                          "- main waits at prog.c:30 (f) for child 1 and child 2 to end.",
                          "    child 1 --semaphore 1--> child 2",  //
                          "       ^                        |",     //
                          "       +------semaphore 0-------+",
                          "  mutual exclusion: only one at a time can have semaphore 1 and semaphore 0",
                          "  hold and wait: child 1 keeps semaphore 0 while it waits for semaphore 1; child 2 keeps "
                          "semaphore 1 while it waits for semaphore 0",
                          "  no preemption: only who took it gives it back", "  circular wait: as drawn"));
}

TEST(ExplainDeadlock, SemaphoresThatNobodyHoldsAreNotToldAsLocks) {
  Made made, passing;
  for (Made* one : {&made, &passing}) make_two_children(*one);
  passing.semop(2, 0, 1, 1, 10);
  passing.semop(3, 0, -1, 0, 20);
  passing.semop(3, 1, 1, 1, 21);
  passing.semop(2, 1, -1, 0, 11);
  made.waits_for_semaphore(2, 1, 11);
  made.waits_for_semaphore(3, 0, 20);
  const Deadlock deadlock = deadlock_of(made, &passing.observation.controlled->trace);
  ASSERT_EQ(deadlock.kind, DeadlockKind::kCircularWait);
  EXPECT_EQ(deadlock.conditions.at(0), "mutual exclusion: semaphore 1 and semaphore 0: each V lets only one go on");
}

TEST(ExplainDeadlock, NamesOfTheLabAreUsed) {
  Made made;
  make_two_children(made);
  made.semop(2, 0, -1, 0, 10);
  made.waits_for_semaphore(2, 0, 11);
  const Explanation explanation = explain(made.observation, nullptr, made_names(), {"mutex", "empty"});
  EXPECT_EQ(explanation.deadlock->waiters[0].thing, "mutex");
}

TEST(ExplainDeadlock, AMutexLockedTwiceIsASelfDeadlock) {
  Made made;
  made.did(1, Made::call(Call::kMutexLock, StepKind::kLock, 70, 5));
  made.waits(1, Made::call(Call::kMutexLock, StepKind::kLock, 70, 6));
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kSelfDeadlock);
  EXPECT_EQ(deadlock.waiters[0].words,
            "main waits at prog.c:6 (f) for the mutex, which it itself took at prog.c:5 (f).");
}

TEST(ExplainDeadlock, AMutexGivenBackByAConditionWaitIsNotHeld) {
  Made made;
  make_two_children(made);
  made.did(2, Made::call(Call::kMutexLock, StepKind::kLock, 70, 5));
  made.did(2, Made::call(Call::kConditionWait, StepKind::kWait, 80, 6), packed_place(70, 0));
  made.did(3, Made::call(Call::kMutexLock, StepKind::kLock, 70, 7));
  made.ends(3, 8);
  made.waits(1, Made::call(Call::kMutexLock, StepKind::kLock, 70, 9));
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kProcessEnded);
  EXPECT_THAT(deadlock.waiters[0].words,
              HasSubstr("which child 2 took at prog.c:7 (f) and never gave back: it has ended at prog.c:8 (f)"));
}

TEST(ExplainDeadlock, ASignalBeforeTheWaitIsALostWakeUp) {
  Made made;
  make_two_children(made);
  made.did(3, Made::call(Call::kConditionSignal, StepKind::kUnlock, 80, 12), 0);
  made.ends(3, 13);
  made.did(2, Made::call(Call::kConditionWait, StepKind::kWait, 80, 6), packed_place(70, 0));
  made.waits(2, Made::call(Call::kConditionWoken, StepKind::kWait, 80, 6), WaitsFor::kFutex);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kLostWakeUp);
  EXPECT_EQ(deadlock.waiters[0].words,
            "child 1 waits at prog.c:6 (f) for a signal on the condition variable; the last one came from child 2 at "
            "prog.c:12 (f), when nobody waited.");
}

// It looked after the signal: no signal is lost, something was not done. Where somebody wrote later, the signal came
// too early.
TEST(ExplainDeadlock, ASignalBeforeALookAtWhatStaysAsItIsIsNotLost) {
  Made made;
  make_two_children(made);
  made.did(3, Made::call(Call::kConditionSignal, StepKind::kUnlock, 80, 12), 0);
  made.did(2, Made::access(StepKind::kRead, 0, 5), 0);
  made.did(2, Made::call(Call::kConditionWait, StepKind::kWait, 80, 6), packed_place(70, 0));
  Made early = made;
  made.ends(3, 13);
  made.waits(2, Made::call(Call::kConditionWoken, StepKind::kWait, 80, 6), WaitsFor::kFutex);
  EXPECT_EQ(deadlock_of(made).kind, DeadlockKind::kNeverSent);
  EXPECT_EQ(deadlock_of(made).headline, "A signal for which child 1 waits never comes.");
  Operation write = Made::access(StepKind::kWrite, 0, 13);
  write.is_write = true;
  early.did(3, write, 0);
  early.ends(3, 14);
  early.waits(2, Made::call(Call::kConditionWoken, StepKind::kWait, 80, 6), WaitsFor::kFutex);
  EXPECT_EQ(deadlock_of(early).kind, DeadlockKind::kLostWakeUp);
}

TEST(ExplainDeadlock, ASignalThatWokeSomebodyElseIsALostWakeUp) {
  Made made;
  make_two_children(made);
  const Operation woken = Made::call(Call::kConditionWoken, StepKind::kWait, 80, 6);
  made.did(1, Made::call(Call::kConditionSignal, StepKind::kUnlock, 80, 12), 1);
  made.did(3, woken);
  made.waits(2, woken, WaitsFor::kFutex);
  made.waits(3, woken, WaitsFor::kFutex);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kLostWakeUp);
  EXPECT_THAT(deadlock.waiters[0].words, HasSubstr("and woke child 2, which waits again"));
}

TEST(ExplainDeadlock, ASignalHandledBeforePauseIsALostWakeUp) {
  Made made;
  made.created(2, 1);
  Operation kill = Made::call(Call::kKill, StepKind::kSignal, 2, 9);
  made.did(1, kill, 10);
  made.waits(2, {.kind = StepKind::kWait, .call = Call::kPauseEnded, .place = 4}, WaitsFor::kSignal);
  made.waits_for_children(1, 10);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kLostWakeUp);
  EXPECT_THAT(deadlock.waiters[0].words, HasSubstr("before it waited, and was used up by the handler"));
}

TEST(ExplainDeadlock, AVThatOnlyAPassingExecutionShowsIsMissedInItsPlace) {
  Made made, passing;
  for (Made* one : {&made, &passing}) make_two_children(*one);
  passing.semop(3, 1, 1, 1, 44);
  made.ends(3, 45);
  made.waits_for_semaphore(2, 1, 11);
  made.waits_for_children(1, 30);
  const Deadlock deadlock = deadlock_of(made, &passing.end().trace);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kProcessEnded);
  EXPECT_THAT(deadlock.waiters[0].words,
              HasSubstr("child 2 would do it at prog.c:44 (f) but has ended at prog.c:45 (f)"));
}

TEST(ExplainDeadlock, ALockAndAVThatIsMissingCloseACircle) {
  Made made, passing;
  for (Made* one : {&made, &passing}) make_two_children(*one);
  passing.semop(2, 0, 1, 1, 44);
  made.semop(3, 2, -1, 0, 20);
  made.waits_for_semaphore(2, 2, 11);
  made.waits_for_semaphore(3, 0, 21);
  const Deadlock deadlock = deadlock_of(made, &passing.end().trace);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kCircularWait);
  EXPECT_THAT(deadlock.conditions[1], HasSubstr("child 2 keeps semaphore 2 while it waits for semaphore 0"));
}

TEST(ExplainDeadlock, AParentThatDidAVAndWaitsForItsChildrenIsNoPartOfACircle) {
  Made made;
  make_two_children(made);
  made.semop(3, 0, 1, 1, 44);
  made.ends(3, 45);
  made.semop(1, 0, 1, 1, 33);
  made.waits_for_semaphore(2, 0, 11);
  made.waits_for_children(1, 35);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kProcessEnded);
  EXPECT_EQ(deadlock.headline, "The V for which child 1 waits never comes: who was to do it has ended.");
  EXPECT_THAT(deadlock.waiters[0].words, HasSubstr("main did it last at prog.c:33 (f) and waits itself"));
}

TEST(ExplainDeadlock, AParentThatDidTheOnlyVAndWaitsForItsChildrenSentTooFew) {
  Made made;
  make_two_children(made);
  made.semop(1, 0, 1, 1, 33);
  made.semop(3, 0, -1, 0, 11);
  made.ends(3, 45);
  made.waits_for_semaphore(2, 0, 11);
  made.waits_for_children(1, 35);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kNeverSent);
  EXPECT_EQ(deadlock.headline, "A V for which child 1 waits never comes.");
}

TEST(ExplainDeadlock, AParentThatDoesTheVAfterItsWaitWhenAllGoesWellClosesACircle) {
  Made made, passing;
  for (Made* one : {&made, &passing}) make_two_children(*one);
  passing.did(1, {.kind = StepKind::kWait, .call = Call::kChildWait, .object = 1, .place = 35});
  passing.semop(1, 0, 1, 1, 36);
  made.waits_for_semaphore(2, 0, 11);
  made.waits_for_children(1, 35);
  const Deadlock deadlock = deadlock_of(made, &passing.end().trace);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kCircularWait);
}

TEST(ExplainDeadlock, AReaderThatKeepsTheWriteEndOpenWaitsForAnEndThatNeverComes) {
  Made made;
  made.created(2, 1);
  made.did(1, {.kind = StepKind::kObject, .is_write = true, .call = Call::kPipe, .place = 3}, 90);
  made.ends(2, 7);
  made.waits(1, {.kind = StepKind::kReceive, .is_write = true, .call = Call::kRead, .object = 90, .place = 9});
  made.end().open_ends = {{101, 3, 90, true, false}, {101, 4, 90, false, true}};
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kWriteEndOpen);
  EXPECT_EQ(deadlock.waiters[0].words,
            "main waits at prog.c:9 (f) for bytes from the pipe or its end; it itself still has its write end open "
            "(descriptor 4).");
}

TEST(ExplainDeadlock, ReadersOfEachOthersPipesAreACircularWait) {
  Made made;
  make_two_children(made);
  made.did(1, {.kind = StepKind::kObject, .is_write = true, .call = Call::kPipe, .place = 3}, 90);
  made.did(1, {.kind = StepKind::kObject, .is_write = true, .call = Call::kPipe, .place = 4}, 91);
  made.waits(2, {.kind = StepKind::kReceive, .is_write = true, .call = Call::kRead, .object = 90, .place = 9});
  made.waits(3, {.kind = StepKind::kReceive, .is_write = true, .call = Call::kRead, .object = 91, .place = 10});
  made.end().open_ends = {{103, 3, 90, false, true}, {102, 4, 91, false, true}};
  EXPECT_EQ(deadlock_of(made).kind, DeadlockKind::kCircularWait);
}

TEST(ExplainDeadlock, AVWipedOutBySetvalIsNamed) {
  Made made;
  make_two_children(made);
  made.semop(3, 0, 1, 1, 40);
  Operation set{.kind = StepKind::kObject, .is_write = true, .call = Call::kSemaphoreSet, .size = 1, .object = 50};
  set.place = 41;
  made.did(2, set, 0);
  made.ends(3, 42);
  made.waits_for_semaphore(2, 0, 43);
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kValueSetAgain);
  EXPECT_THAT(deadlock.waiters[0].words,
              HasSubstr("the V of child 2 at prog.c:40 (f) was wiped out when child 1 set it to 0 at prog.c:41 (f)"));
}

TEST(ExplainDeadlock, AVOfAnotherProcessDoesNotReachWhoSleepsInASemaphoreOfOne) {
  for (const bool is_other_process : {true, false}) {
    Made made;
    made.created(2, 1, !is_other_process);
    made.did(2, Made::call(Call::kSemaphoreTryWait, StepKind::kLock, 70, 11), 0);
    made.did(1, Made::call(Call::kSemaphorePost, StepKind::kUnlock, 70, 20), 0);
    made.waits(2, Made::call(Call::kSemaphoreAsleep, StepKind::kWait, 70, 11));
    const Deadlock deadlock = deadlock_of(made);
    if (!is_other_process) {
      EXPECT_NE(deadlock.kind, DeadlockKind::kOneProcess);
      continue;
    }
    ASSERT_EQ(deadlock.kind, DeadlockKind::kOneProcess);
    EXPECT_EQ(deadlock.headline, "A wake-up does not reach child 1: the semaphore was set up for one process only.");
    EXPECT_THAT(deadlock.waiters[0].words, HasSubstr("; main did it at prog.c:20 (f), but the semaphore is pshared 0"));
  }
}

// Memory of main is object 71, that of child 1 object 72.
void give_each_its_memory(Made& made) {
  made.end().objects.resize(73);
  for (const TaskId task : {1, 2}) made.end().objects[70 + task] = {.kind = NamedKind::kPrivate, .a = task};
}

TEST(ExplainDeadlock, ALockThatAnotherThreadHeldAtTheForkStaysLockedInTheChild) {
  for (const TaskId holder : {1, 3}) {
    for (const bool is_held : {true, false}) {
      Made made;
      made.created(3, 1, true);
      made.did(holder, Made::call(Call::kMutexLock, StepKind::kLock, 71, 10));
      if (!is_held) made.did(holder, Made::call(Call::kMutexUnlock, StepKind::kUnlock, 71, 11));
      made.did(1, Made::call(Call::kFork, StepKind::kFork, 0, 20));
      made.created(2, 1);
      if (is_held) made.did(holder, Made::call(Call::kMutexUnlock, StepKind::kUnlock, 71, 11));
      made.waits(2, Made::call(Call::kMutexLock, StepKind::kLock, 72, 30));
      made.waits_for_children(1, 40);
      give_each_its_memory(made);
      const Deadlock deadlock = deadlock_of(made);
      EXPECT_EQ(deadlock.kind == DeadlockKind::kHeldAtFork, is_held);
      if (!is_held) continue;
      EXPECT_EQ(deadlock.headline, "The copy of mutex 2 that child 1 has was locked when it was forked, and stays so.");
      EXPECT_THAT(
          deadlock.waiters[0].words,
          HasSubstr(holder == 1 ? "; main had taken it at prog.c:10 (f) when main forked child 1, and no unlock of its "
                                  "own reaches the copy."
                                : "; thread 1 had taken it at prog.c:10 (f) when main forked child 1, and in a child "
                                  "only the thread that called fork goes on."));
      EXPECT_THAT(deadlock.decisive, ElementsAre(2, 3));
    }
  }
}

TEST(ExplainDeadlock, AVOnACopyInPrivateMemoryReachesNobodyElse) {
  for (const bool is_given_here : {true, false}) {
    Made made;
    made.created(2, 1);
    made.did(1, Made::call(Call::kSemaphorePost, StepKind::kUnlock, 71, 20));
    if (is_given_here) {
      made.did(2, Made::call(Call::kSemaphorePost, StepKind::kUnlock, 72, 29));
      made.did(2, Made::call(Call::kSemaphoreWait, StepKind::kLock, 72, 30));
    }
    made.waits(2, Made::call(Call::kSemaphoreWait, StepKind::kLock, 72, 31));
    give_each_its_memory(made);
    SourceNames names = made_names();
    names.variable_of = [](const Operation&) { return "ready"; };
    const Deadlock deadlock = *explain(made.observation, nullptr, names).deadlock;
    EXPECT_EQ(deadlock.kind == DeadlockKind::kOneProcess, !is_given_here);
    if (is_given_here) continue;
    EXPECT_EQ(deadlock.headline, "A sem_post does not reach child 1: each process has ready for itself.");
    EXPECT_EQ(
        deadlock.waiters[0].words,
        "child 1 waits at prog.c:31 (f) for a sem_post on ready; main did it at prog.c:20 (f), but to a copy of its "
        "own, as ready is not in shared memory.");
  }
}

TEST(ExplainDeadlock, AVBeforeTheSleepWasNotMissed) {
  Made made;
  made.created(2, 1);
  made.did(1, Made::call(Call::kSemaphorePost, StepKind::kUnlock, 70, 20), 0);
  made.did(2, Made::call(Call::kSemaphoreTryWait, StepKind::kLock, 70, 10), 1);
  made.did(2, Made::call(Call::kSemaphoreTryWait, StepKind::kLock, 70, 11), 0);
  made.waits(2, Made::call(Call::kSemaphoreAsleep, StepKind::kWait, 70, 11));
  EXPECT_NE(deadlock_of(made).kind, DeadlockKind::kOneProcess);
}

TEST(ExplainDeadlock, ASettingBeforeTheFirstVIsNone) {
  Made made;
  make_two_children(made);
  Operation set{.kind = StepKind::kObject, .is_write = true, .call = Call::kSemaphoreSet, .size = 1, .object = 50};
  made.did(1, set, 0);
  made.semop(3, 0, 1, 1, 40);
  made.semop(1, 0, -1, 0, 41);
  made.ends(3, 42);
  made.waits_for_semaphore(2, 0, 43);
  EXPECT_NE(deadlock_of(made).kind, DeadlockKind::kValueSetAgain);
}

TEST(ExplainDeadlock, AMessageOfATypeThatNobodySendsIsNeverSent) {
  Made made;
  made.created(2, 1);
  made.ends(2, 5);
  made.waits(1, {.kind = StepKind::kReceive, .call = Call::kQueueReceive, .object = 95, .place = 8},
             WaitsFor::kReceiving)
      .message_type = 7;
  const Deadlock deadlock = deadlock_of(made);
  EXPECT_EQ(deadlock.kind, DeadlockKind::kNeverSent);
  EXPECT_EQ(deadlock.waiters[0].words,
            "main waits at prog.c:8 (f) for a message of type 7 in the queue; nobody is left who could do it.");
}

TEST(ExplainDeadlock, AnExecutionThatDidNotComeToRestHasNone) {
  Made made;
  made.ends(1, 5, 1);
  EXPECT_FALSE(explain(made.observation, nullptr, made_names()).deadlock);
  EXPECT_THAT(deadlock_of(made).waiters, IsEmpty());
}

}  // namespace
}  // namespace jitterlab
