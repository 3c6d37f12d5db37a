#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "schedule/classics.h"
#include "schedule/dependence.h"
#include "schedule/exploration.h"
#include "schedule/mix.h"
#include "schedule/traces.h"

namespace jitterlab {
namespace {

using namespace simulation;

std::uint64_t hash_of(const std::vector<TraceEvent>& events) { return interleaving_hash({events}); }

bool are_dependent(const TraceEvent& one, const TraceEvent& other) {
  return conflict({{one.task}, one.operation}, {{other.task}, other.operation});
}

TEST(Interleaving, OrderOfIndependentOperationsMakesNoDifference) {
  const TraceEvent read1 = executed(1, {StepKind::kRead, false, Call::kNone, 8, 5, 0});
  const TraceEvent read2 = executed(2, {StepKind::kRead, false, Call::kNone, 8, 5, 0});
  const TraceEvent beside = executed(3, {StepKind::kWrite, true, Call::kNone, 8, 5, 8});
  EXPECT_EQ(hash_of({read1, read2, beside}), hash_of({beside, read2, read1}));
}

TEST(Interleaving, OrderOfDependentOperationsMakesADifference) {
  const TraceEvent read = executed(1, {StepKind::kRead, false, Call::kNone, 8, 5, 0});
  const TraceEvent write = executed(2, {StepKind::kWrite, true, Call::kNone, 1, 5, 7});
  EXPECT_NE(hash_of({read, write}), hash_of({write, read}));
}

TEST(Interleaving, OrderThatIsOnlyIndirectMakesNoDifference) {
  const TraceEvent unlock = executed(1, {StepKind::kUnlock, true, Call::kNone, 0, 9});
  const TraceEvent lock = executed(2, {StepKind::kLock, true, Call::kNone, 0, 9});
  const TraceEvent before = executed(3, {StepKind::kWrite, true, Call::kNone, 8, 5, 0});
  EXPECT_EQ(hash_of({before, unlock, lock}), hash_of({unlock, lock, before}));
}

TEST(Interleaving, OrderWithinATaskMakesADifference) {
  const TraceEvent read = executed(1, {StepKind::kRead, false, Call::kNone, 8, 5, 0});
  const TraceEvent sleep = executed(1, {StepKind::kSleep});
  EXPECT_NE(hash_of({read, sleep}), hash_of({sleep, read}));
}

TEST(Interleaving, ResultMakesADifference) {
  TraceEvent event = executed(1, {StepKind::kLock, true, Call::kNone, 0, 9});
  const std::uint64_t locked = hash_of({event});
  event.flags = TraceEvent::kTimedOut;
  EXPECT_NE(hash_of({event}), locked);
}

// Three tasks that do everything conflict() distinguishes.
TraceEvent any_event(std::uint64_t random) {
  const auto draw = [&](std::uint64_t what, std::uint64_t below) { return mix(random, what) % below; };
  const StepKind kinds[] = {StepKind::kRead, StepKind::kWrite, StepKind::kLock, StepKind::kSignal,
                            StepKind::kFork, StepKind::kSleep, StepKind::kOther};
  Operation operation;
  operation.kind = kinds[draw(1, 7)];
  operation.is_write = operation.kind != StepKind::kRead && draw(2, 4) != 0;
  operation.object = operation.kind == StepKind::kSignal ? 1 + draw(3, 3) : draw(3, 3) * 10;
  operation.offset = draw(4, 6);
  operation.size = static_cast<std::uint32_t>(draw(5, 4));
  return executed(1 + draw(6, 3), operation);
}

TEST(Interleaving, SwapOfNeighboursMakesADifferenceExactlyIfTheyConflict) {
  int dependent = 0, independent = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    std::vector<TraceEvent> events;
    for (std::uint64_t j = 0; j < 8; ++j) events.push_back(any_event(mix(21, i, j)));
    const std::size_t at = mix(22, i) % 7;
    if (events[at].task == events[at + 1].task) continue;
    const bool conflicts = are_dependent(events[at], events[at + 1]);
    const std::uint64_t before = hash_of(events);
    std::swap(events[at], events[at + 1]);
    ASSERT_EQ(hash_of(events) != before, conflicts) << i;
    ++(conflicts ? dependent : independent);
  }
  EXPECT_GT(dependent, 2000);
  EXPECT_GT(independent, 2000);
}

// The partial order itself: for each operation of each task, those before it that it conflicts with.
std::set<std::vector<std::uint64_t>> order_of(const Trace& trace) {
  std::vector<std::pair<std::uint64_t, TraceEvent>> earlier;  // name: task and number in it
  std::set<std::vector<std::uint64_t>> result;
  std::map<TaskId, std::uint64_t> counts;
  for (const TraceEvent& event : trace.events) {
    if (event.kind != TraceEvent::Kind::kExecuted) continue;
    const std::uint64_t name = mix(event.task, counts[event.task]++);
    std::set<std::uint64_t> before;
    for (const auto& [other_name, other] : earlier) {
      if (are_dependent(other, event)) before.insert(other_name);
    }
    std::vector<std::uint64_t> line{name};
    line.insert(line.end(), before.begin(), before.end());
    result.insert(line);
    earlier.emplace_back(name, event);
  }
  return result;
}

TEST(Interleaving, SchedulesHaveTheSameHashExactlyIfTheyAreTheSamePartialOrder) {
  auto scheduler = std::make_unique<Scheduler>();
  const Scene forks{.programs = {{fork(1), fork(1), set(0, 2)}, {own(), load(0), store(1, 1)}}};
  for (const Scene& scene : {lost_update(2), flag_before_data(), twostage(1), crossed_locks(), forks}) {
    Exploration exploration(1000);
    std::map<std::set<std::vector<std::uint64_t>>, std::uint64_t> hashes;
    std::set<std::uint64_t> distinct;
    while (const auto prefix = exploration.next()) {
      const Play play = follow(scene, *prefix, *scheduler);
      const std::uint64_t hash = interleaving_hash(trace_of(play));
      EXPECT_EQ(hashes.try_emplace(order_of(trace_of(play)), hash).first->second, hash);
      distinct.insert(hash);
      exploration.ran(*prefix, play.choices);
    }
    EXPECT_EQ(distinct.size(), hashes.size());
    EXPECT_LT(distinct.size(), exploration.executions());
    EXPECT_GT(distinct.size(), 1u);
  }
}

}  // namespace
}  // namespace jitterlab
