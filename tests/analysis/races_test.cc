// Every kind of edge from both sides: with it there is no race, without it there is.
#include "analysis/races.h"

#include <gtest/gtest.h>

#include "analysis/traces.h"

namespace jitterlab::traces {
namespace {

constexpr TaskId kA = 11, kB = 12, kParent = 10;
constexpr std::uint8_t kInterrupted = TraceEvent::kInterrupted;

std::size_t races(const Script& script) { return find_races(script.end).size(); }

// Two processes of one parent.
Script two() {
  return Script().create(kParent).does(kParent, StepKind::kFork, 0).create(kA, kParent).create(kB, kParent);
}
Script two_threads() { return Script().create(kParent).create(kA, kParent, true).create(kB, kParent, true); }

TEST(Races, TwoWritesThatNothingOrdersAreARaceWithBothSides) {
  const auto found = find_races(two().writes(kA).writes(kB).end);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].first.task, kA);
  EXPECT_EQ(found[0].second.task, kB);
  EXPECT_TRUE(found[0].first.is_write() && found[0].second.is_write());
  EXPECT_EQ(found[0].second.event, 5u);
}

TEST(Races, TwoReadsAreNone) { EXPECT_EQ(races(two().reads(kA).reads(kB)), 0u); }
TEST(Races, ReadAndWriteAreOneEitherWay) {
  EXPECT_EQ(races(two().reads(kA).writes(kB)), 1u);
  EXPECT_EQ(races(two().writes(kA).reads(kB)), 1u);
}
TEST(Races, OtherBytesOrAnotherObjectAreNone) {
  EXPECT_EQ(races(two().writes(kA, 0).writes(kB, 4)), 0u);
  EXPECT_EQ(races(two().writes(kA, 0).writes(kB, 0, kMemory)), 0u);
}
TEST(Races, OneSharedByteIsEnough) {
  EXPECT_EQ(races(two().writes(kA, 6, kSegment, 4).writes(kB, 9, kSegment, 1)), 1u);
  EXPECT_EQ(races(two().writes(kA, 6, kSegment, 4).writes(kB, 10, kSegment, 1)), 0u);
}
TEST(Races, TheSameTwoPlacesAreToldOnceAndCounted) {
  Script script = two();
  for (int i = 0; i < 3; ++i) {
    script.writes(kA, 0);
    script.end.trace.events.back().operation.place = 1;
    script.writes(kB, 0);
    script.end.trace.events.back().operation.place = 2;
  }
  const auto found = find_races(script.end);
  EXPECT_EQ(found.size(), 2u) << "A before B, and B before A";
  EXPECT_EQ(found[0].times + found[1].times, 5u);
}

TEST(Races, CreatingAndWaitingOrder) {
  EXPECT_EQ(
      races(Script().create(kParent).writes(kParent).does(kParent, StepKind::kFork, 0).create(kA, kParent).writes(kA)),
      0u);
  EXPECT_EQ(
      races(Script().create(kParent).does(kParent, StepKind::kFork, 0).create(kA, kParent).writes(kParent).writes(kA)),
      1u);
  EXPECT_EQ(races(two().writes(kA).does(kParent, StepKind::kWait, kParent).writes(kParent)), 0u);
  EXPECT_EQ(races(two().writes(kA).writes(kParent)), 1u);
}

TEST(Races, AChildThatWasStoppedIsWaitedForAsOneThatHasEnded) {
  const auto stopped = [](TaskId sender, std::uint64_t signal) {
    return two()
        .writes(kA)
        .sends_signal(sender, signal, kA)
        .does(kParent, StepKind::kWait, kParent)
        .writes(kParent)
        .does(kA, StepKind::kExit, 0);
  };
  EXPECT_EQ(races(stopped(kA, 0)), 0u) << "by raise, which does not say how";
  EXPECT_EQ(races(stopped(kB, 19)), 0u);
  EXPECT_EQ(races(stopped(kB, 10)), 1u);
}

TEST(Races, WhoIsMadeToGoOnKnowsWhatCameBefore) {
  const auto sent = [](TaskId to, std::uint64_t signal) {
    return two().writes(kA).sends_signal(kA, signal, to).writes(kB);
  };
  EXPECT_EQ(races(sent(kB, 18)), 0u);
  EXPECT_EQ(races(sent(kParent, 18)), 1u);
  EXPECT_EQ(races(sent(kB, 10)), 1u);
}

TEST(Races, AChildThatStillRunsIsNotWaitedFor) {
  EXPECT_EQ(
      races(two().writes(kA).does(kParent, StepKind::kWait, kParent).writes(kParent).does(kA, StepKind::kExit, 0)), 1u);
}

TEST(Races, JoiningOrdersTheThreadThatWasJoined) {
  const auto joined = [](TaskId task) {
    return two_threads()
        .writes(kA, 0, kMemory)
        .does(kParent, StepKind::kWait, 0x7ffff000, 0, 0, 0, task)
        .writes(kParent, 0, kMemory);
  };
  EXPECT_EQ(races(joined(kA)), 0u);
  EXPECT_EQ(races(joined(kB)), 1u);
}

TEST(Races, SemaphoresOrderByMember) {
  EXPECT_EQ(races(two().writes(kA).gives(kA, 0).takes(kB, 0).writes(kB)), 0u);
  EXPECT_EQ(races(two().writes(kA).gives(kA, 0).takes(kB, 1).writes(kB)), 1u);
  EXPECT_EQ(races(two().writes(kA).takes(kA, 0).takes(kB, 0).writes(kB)), 1u) << "a P gives nothing";
  EXPECT_EQ(races(two().writes(kA).takes(kA, 0).takes(kB, 0, kAcquires).writes(kB)), 0u) << "but who waits for zero";
}

TEST(Races, UndoAtTheEndGives) {
  const auto script = [](int effect) { return two().takes(kA, 0, effect).writes(kA).takes(kB, 0).writes(kB); };
  EXPECT_EQ(races(script(kUndoes)), 0u);
  EXPECT_EQ(races(script(0)), 1u);
}

TEST(Races, LookingAtASetOrders) {
  const auto look = [](StepKind kind) { return two().writes(kA).takes(kA, 0).does(kB, kind, kSet).writes(kB); };
  EXPECT_EQ(races(look(StepKind::kObject)), 0u) << "semctl: sem_otime, GETVAL";
  EXPECT_EQ(races(look(StepKind::kFork)), 1u);
}

TEST(Races, MessageOrdersItsReceiverOnly) {
  Script script = two().writes(kA, 0).does(kA, StepKind::kSend, kQueue, 0, 0, 0, 1);
  script.writes(kParent, 8).does(kParent, StepKind::kSend, kQueue, 0, 0, 0, 2);
  Script first = script, second = script;
  EXPECT_EQ(races(first.does(kB, StepKind::kReceive, kQueue, 0, 0, 0, 1).writes(kB, 0)), 0u);
  EXPECT_EQ(races(second.does(kB, StepKind::kReceive, kQueue, 0, 0, 0, 2).writes(kB, 0)), 1u);
}

TEST(Races, MessagesOfATypeAreReceivedInTheirOrder) {
  Script script =
      two().does(kA, StepKind::kSend, kQueue, 0, 0, 0, 1).writes(kA).does(kA, StepKind::kSend, kQueue, 0, 0, 0, 1);
  EXPECT_EQ(races(script.does(kB, StepKind::kReceive, kQueue, 0, 0, 0, 1).writes(kB)), 1u);
  EXPECT_EQ(races(two().writes(kA).does(kB, StepKind::kReceive, kQueue, 0, 0, 0, 9).writes(kB)), 1u);
}

TEST(Races, BytesOrderWhoReadsThem) {
  for (const std::uint64_t object : {kPipe, kSocket}) {
    EXPECT_EQ(races(two()
                        .writes(kA)
                        .does(kA, StepKind::kSend, object)
                        .does(kB, StepKind::kReceive, object, 0, 0, 0, 5)
                        .writes(kB)),
              0u);
    EXPECT_EQ(races(two()
                        .does(kA, StepKind::kSend, object)
                        .writes(kA)
                        .does(kB, StepKind::kReceive, object, 0, 0, 0, 5)
                        .writes(kB)),
              1u);
  }
}

TEST(Races, EndOfFileOrdersWhoClosedAndWhoEnded) {
  const auto read = [](std::uint64_t bytes) {
    return two().writes(kA).does(kB, StepKind::kReceive, kPipe, 0, 0, 0, bytes).writes(kB);
  };
  EXPECT_EQ(races(read(0)), 0u);
  EXPECT_EQ(races(read(1)), 1u);
  EXPECT_EQ(races(two()
                      .writes(kA)
                      .does(kA, StepKind::kObject, kPipe)
                      .does(kB, StepKind::kReceive, kPipe, 0, 0, 0, 0)
                      .writes(kB)
                      .does(kA, StepKind::kExit, 0)),
            0u);
}

TEST(Races, WhoWaitedForRoomKnowsWhoMadeIt) {
  const auto send = [](int effect) {
    return two()
        .writes(kA)
        .does(kA, StepKind::kReceive, kPipe, 0, 0, 0, 1)
        .does(kB, StepKind::kSend, kPipe, 0, 0, effect)
        .writes(kB);
  };
  EXPECT_EQ(races(send(kWaited)), 0u);
  EXPECT_EQ(races(send(0)), 1u);
}

TEST(Races, LocksInMemoryOrderByTheirPlace) {
  const auto lock = [](std::uint64_t at) {
    return two()
        .writes(kA)
        .does(kA, StepKind::kUnlock, kSegment, 64, 4)
        .does(kB, StepKind::kLock, kSegment, at, 4)
        .writes(kB);
  };
  EXPECT_EQ(races(lock(64)), 0u);
  EXPECT_EQ(races(lock(68)), 1u);
}

TEST(Races, ConditionGivesItsMutexBackWithoutAStep) {
  Script script = two_threads().does(kA, StepKind::kLock, kMemory, 64, 4).writes(kA, 0, kMemory);
  script.does(kA, StepKind::kWait, kMemory, 128, 1).notes(kA, StepKind::kUnlock, kMemory, 64, 4);
  EXPECT_EQ(races(script.does(kB, StepKind::kLock, kMemory, 64, 4).writes(kB, 0, kMemory)), 0u);
}

TEST(Races, BarrierOrdersAllWhoMeet) {
  Script script = two_threads().writes(kA, 0, kMemory).does(kA, StepKind::kWait, kMemory, 64, 1);
  EXPECT_EQ(races(script.does(kB, StepKind::kWait, kMemory, 64, 1).writes(kB, 0, kMemory)), 0u);
}

TEST(Races, SignalOrdersItsHandler) {
  const auto handler = [](TaskId to, std::uint8_t flags) {
    return two()
        .writes(kA)
        .does(kA, StepKind::kSignal, to)
        .does(kB, StepKind::kSignal, kB, 0, 0, 0, 0, flags)
        .writes(kB);
  };
  EXPECT_EQ(races(handler(kB, kInterrupted)), 0u);
  EXPECT_EQ(races(handler(0, kInterrupted)), 0u) << "to a group";
  EXPECT_EQ(races(handler(kParent, kInterrupted)), 1u);
  EXPECT_EQ(races(handler(kB, 0)), 1u) << "setting a handler is no delivery";
  EXPECT_EQ(races(two().writes(kA).does(kA, StepKind::kSignal, kB).does(kB, StepKind::kWait, 0).writes(kB)), 0u);
}

TEST(Races, EndOfAChildOrdersTheHandlerOfItsParent) {
  EXPECT_EQ(races(two().writes(kA).does(kParent, StepKind::kSignal, kParent, 0, 0, 0, 0, kInterrupted).writes(kParent)),
            0u);
}

TEST(Races, FileLocksOrder) {
  EXPECT_EQ(races(two().writes(kA).does(kA, StepKind::kUnlock, kFile).does(kB, StepKind::kLock, kFile).writes(kB)), 0u);
  EXPECT_EQ(races(two()
                      .writes(kA)
                      .does(kA, StepKind::kUnlock, kFile)
                      .does(kB, StepKind::kLock, kSocket)
                      .writes(kB)
                      .does(kA, StepKind::kExit, 0)),
            1u);
}

TEST(Races, AtomicsOrderAsTheyAskFor) {
  const auto passed = [](int release, int acquire) {
    return two()
        .writes(kA)
        .does(kA, StepKind::kAtomic, kSegment, 64, 4, release)
        .does(kB, StepKind::kAtomic, kSegment, 64, 4, kLoads | acquire)
        .writes(kB);
  };
  EXPECT_EQ(races(passed(kReleases, kAcquires)), 0u);
  EXPECT_EQ(races(passed(0, kAcquires)), 1u);
  EXPECT_EQ(races(passed(kReleases, 0)), 1u);
}

TEST(Races, FencesMakeRelaxedAtomicsOrder) {
  const auto passed = [](bool fences) {
    Script script = two().writes(kA);
    if (fences) script.notes(kA, StepKind::kAtomic, 0, 0, 0, kReleases);
    script.does(kA, StepKind::kAtomic, kSegment, 64, 4).does(kB, StepKind::kAtomic, kSegment, 64, 4, kLoads);
    if (fences) script.notes(kB, StepKind::kAtomic, 0, 0, 0, kAcquires);
    return script.writes(kB);
  };
  EXPECT_EQ(races(passed(true)), 0u);
  EXPECT_EQ(races(passed(false)), 1u);
}

TEST(Races, AtomicsRaceWithPlainAccessesOnly) {
  EXPECT_EQ(races(two().does(kA, StepKind::kAtomic, kSegment, 0, 4).does(kB, StepKind::kAtomic, kSegment, 0, 4)), 0u);
  EXPECT_EQ(races(two().does(kA, StepKind::kAtomic, kSegment, 0, 4).reads(kB)), 1u);
  EXPECT_EQ(races(two().does(kA, StepKind::kAtomic, kSegment, 0, 4, kLoads).reads(kB)), 0u);
}

TEST(Races, SignalThatIsReadFromASignalfdOrdersThoseOfThisProcess) {
  const auto reads = [](TaskId to, std::uint64_t from) {
    return two().writes(kA).does(kA, StepKind::kSignal, to).does(kB, StepKind::kReceive, from, 0, 0, 0, 128).writes(kB);
  };
  EXPECT_EQ(races(reads(kB, kSignals)), 0u);
  EXPECT_EQ(races(reads(kParent, kSignals)), 1u);
  EXPECT_EQ(races(reads(kB, kPipe)), 1u);
  EXPECT_EQ(races(two().writes(kA).does(kA, StepKind::kSignal, kB).does(kB, StepKind::kOther, kSignals).writes(kB)), 0u)
      << "poll says that one has come";
}

TEST(Races, WhatComesAfterARestIsOrderedAfterAll) {
  EXPECT_EQ(races(two().writes(kA).does(kB, StepKind::kReceive, kPipe, 0, 0, kAfterRest, 1).writes(kB)), 0u);
  EXPECT_EQ(races(two().writes(kA).create(13).writes(13)), 0u) << "a program that was started later";
}

TEST(Races, TryThatLookedHopelessCountsAsWhatItMayHaveBeen) {
  EXPECT_EQ(races(two()
                      .writes(kA)
                      .does(kA, StepKind::kOther, kPipe)
                      .does(kB, StepKind::kReceive, kPipe, 0, 0, 0, 1)
                      .writes(kB)),
            0u);
  EXPECT_EQ(races(two().writes(kA).does(kA, StepKind::kSend, kPipe).does(kB, StepKind::kOther, kPipe).writes(kB)), 0u);
}

TEST(Races, WhoSeesThatSomebodyWaitsKnowsWhatWasDoneBefore) {
  const auto looks = [](std::uint64_t detail) {
    Script script = two().writes(kA).does(kB, StepKind::kOther, kSet);
    script.end.trace.events.back().detail = detail;
    return script;
  };
  EXPECT_EQ(races(looks(TraceEvent::kTellsOfWaiting).writes(kB).does(kA, StepKind::kSleep, 0)), 0u);
  EXPECT_EQ(races(looks(0).writes(kB).does(kA, StepKind::kSleep, 0)), 1u);
  EXPECT_EQ(races(looks(TraceEvent::kTellsOfWaiting).writes(kA).writes(kB)), 1u);
}

TEST(Races, SemaphoreThatIsMadeAnewHasNoPast) {
  const auto script = [](StepKind made) {
    return two()
        .writes(kA)
        .does(kA, StepKind::kUnlock, kSegment, 64, 4)
        .does(kB, made, kSegment, 64, 4)
        .does(kB, StepKind::kLock, kSegment, 64, 4)
        .writes(kB);
  };
  EXPECT_EQ(races(script(StepKind::kObject)), 1u);
  EXPECT_EQ(races(script(StepKind::kUnlock)), 0u);
}

TEST(Races, SleepingOrdersNothing) { EXPECT_EQ(races(two().writes(kA).does(kB, StepKind::kSleep, 0).writes(kB)), 1u); }

TEST(Races, WaitThatGaveUpOrdersNothing) {
  const auto lock = [](std::uint8_t flags) {
    return two().writes(kA).gives(kA, 0).does(kB, StepKind::kLock, kSet, 0, 1, 0, 1, flags).writes(kB);
  };
  EXPECT_EQ(races(lock(TraceEvent::kTimed)), 0u);
  EXPECT_EQ(races(lock(TraceEvent::kTimedOut)), 1u);
}

TEST(Races, NewMemoryHasNoPast) {
  Script script = two_threads().writes(kA, 0, kMemory).does(kB, StepKind::kFork, 0);
  Script again = script;
  EXPECT_EQ(races(script.notes(kB, StepKind::kObject, kMemory, 0, 16).writes(kB, 0, kMemory)), 0u);
  EXPECT_EQ(races(again.notes(kB, StepKind::kObject, kMemory, 4, 16).writes(kB, 0, kMemory)), 1u);
}

TEST(Races, AccessInTheCourseOfASendComesBeforeTheMessage) {
  Script script = two().does(kA, StepKind::kSend, kPipe).notes(kA, StepKind::kRead, kSegment, 0, 4);
  EXPECT_EQ(races(script.does(kB, StepKind::kReceive, kPipe, 0, 0, 0, 4).writes(kB)), 0u);
}

TEST(Races, WithoutRoomForNotesTheRestIsNotLookedAt) {
  Script script = two().writes(kA).writes(kB);
  script.end.trace.noted_events = 5;
  EXPECT_EQ(races(script), 0u);
}

TEST(Races, OutsidersPassOnWhatTheyReceive) {
  const auto script =
      two().writes(kA).does(kA, StepKind::kSend, kSocket).does(kB, StepKind::kReceive, kPipe, 0, 0, 0, 1).writes(kB);
  EXPECT_EQ(find_races(script.end, true).size(), 0u);
  EXPECT_EQ(find_races(script.end, false).size(), 1u);
}

TEST(Races, TasksThatWereNeverCreatedEndTheLook) { EXPECT_EQ(races(two().writes(99).writes(kA).writes(kB)), 0u); }

}  // namespace
}  // namespace jitterlab::traces
