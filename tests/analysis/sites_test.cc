#include "analysis/sites.h"

#include <gtest/gtest.h>

#include "schedule/callers.h"

namespace jitterlab {
namespace {

// Functions of a program, each with a hundred places.
SourceNames names() {
  SourceNames result;
  result.line_of = [](std::uint64_t place) {
    return SourceLine{"prog.c", static_cast<int>(place), "function" + std::to_string(place / 100)};
  };
  return result;
}

TraceEvent event(TaskId task, std::uint64_t place, std::uint64_t caller, std::uint64_t its_caller,
                 Call call = Call::kSemop) {
  TraceEvent result;
  result.kind = TraceEvent::Kind::kExecuted;
  result.task = task;
  result.operation = {.kind = StepKind::kLock, .call = call, .object = 1, .place = place};
  result.parent = packed_callers(place, caller, its_caller);
  return result;
}

Sites sites_of(const Trace& trace) {
  Sites sites(names());
  sites.add(trace);
  return sites;
}

// semop in function1 (change), called by function2 (P) and function3 (V).
TEST(Sites, AWrapperOfACallIsSkippedUpToWhoUsesIt) {
  Trace trace;
  trace.events = {event(2, 100, 200, 400), event(2, 100, 300, 410), event(3, 100, 200, 500)};
  const Sites sites = sites_of(trace);
  EXPECT_EQ(sites.of(trace.events[0]).line, 400);
  EXPECT_EQ(sites.of(trace.events[1]).line, 410);
  EXPECT_EQ(sites.of(trace.events[2]).line, 500);
}

TEST(Sites, AFunctionThatDoesMoreThanOneThingIsNoWrapper) {
  Trace trace;
  trace.events = {event(2, 100, 200, 0), event(2, 110, 210, 0), event(3, 100, 300, 0)};
  const Sites sites = sites_of(trace);
  EXPECT_EQ(sites.of(trace.events[0]).line, 100);
  EXPECT_EQ(sites.of(trace.events[1]).line, 110);
}

TEST(Sites, WhatAChildDoesIsNotSaidToBeWhereItWasStarted) {
  Trace trace;
  trace.events = {event(1, 900, 1050, 0, Call::kFork), event(2, 100, 910, 1050)};
  EXPECT_EQ(sites_of(trace).of(trace.events[1]).line, 100);
}

TEST(Sites, AnAccessToMemoryStaysWhereItIs) {
  Trace trace;
  trace.events = {event(2, 100, 200, 0, Call::kNone), event(3, 100, 300, 0, Call::kNone)};
  for (TraceEvent& one : trace.events) one.operation.kind = StepKind::kWrite;
  EXPECT_EQ(sites_of(trace).of(trace.events[0]).line, 100);
}

TEST(Callers, OfAnotherProgramAreLeftOut) {
  const std::uint64_t place = std::uint64_t{1} << 48 | 0x1234, library = 0x7ffff7c00000;
  EXPECT_EQ(caller_of(place, packed_callers(place, (std::uint64_t{1} << 48) | 0x77, 0)),
            (std::uint64_t{1} << 48) | 0x77);
  EXPECT_EQ(caller_of(place, packed_callers(place, library, place)), 0u);
  EXPECT_EQ(second_caller_of(place, packed_callers(place, place, library)), 0u);
}

}  // namespace
}  // namespace jitterlab
