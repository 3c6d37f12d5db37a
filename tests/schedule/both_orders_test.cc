#include "schedule/both_orders.h"

#include <gtest/gtest.h>

#include "schedule/classics.h"
#include "schedule/dependence.h"
#include "schedule/traces.h"

namespace jitterlab {
namespace {

using namespace simulation;

class BothOrdersTest : public testing::Test {
 protected:
  // By the base policy.
  Trace base(const Scene& scene) {
    tasks_.clear();
    const Trace trace = simulation::trace_of(loose(scene, {}));
    for (const TraceEvent& event : trace.events) {
      if (event.kind == TraceEvent::Kind::kCreated) tasks_.push_back(event.task);
    }
    return trace;
  }

  Play loose(const Scene& scene, const std::vector<Switch>& switches) {
    return replay(scene, switches, Replay::Mode::kLoose, *scheduler_);
  }

  // The index of a task's step, from 0.
  std::size_t index(const Trace& trace, char task, int step) const {
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
      const TraceEvent& event = trace.events[i];
      const bool is_its = event.task == tasks_.at(static_cast<std::size_t>(task - 'A'));
      if (event.kind == TraceEvent::Kind::kExecuted && is_its && step-- == 0) return i;
    }
    return 0;
  }

  static std::vector<bool> none_after(const Trace& trace) { return std::vector<bool>(trace.events.size()); }

  std::unique_ptr<Scheduler> scheduler_ = std::make_unique<Scheduler>();
  std::vector<TaskId> tasks_;
};

TEST_F(BothOrdersTest, TheOtherOrderLosesTheUpdateAndTheSeenOneDoesNot) {
  const Scene scene = lost_update(1);
  const Trace trace = base(scene);
  const auto orders =
      both_orders(trace, index(trace, 'A', 1), index(trace, 'B', 0), none_after(trace), Onward::kSecond);
  EXPECT_EQ(loose(scene, orders.as_seen).picks(), "AABB");
  const Play other = loose(scene, orders.other_way);
  EXPECT_EQ(other.picks(), "ABAB");
  EXPECT_TRUE(other.has_failed);
}

TEST_F(BothOrdersTest, WhatComesBetweenAndIsNotAfterTheFirstComesBeforeBoth) {
  const Scene scene = flag_before_data();
  const Trace trace = base(scene);
  const auto orders =
      both_orders(trace, index(trace, 'A', 1), index(trace, 'B', 1), none_after(trace), Onward::kSecond);
  EXPECT_EQ(loose(scene, orders.as_seen).picks(), "ABAB");
  EXPECT_EQ(loose(scene, orders.other_way).picks(), "ABBA");
  EXPECT_FALSE(loose(scene, orders.as_seen).has_failed);
  EXPECT_TRUE(loose(scene, orders.other_way).has_failed);
}

// B can take the lock only after A, and C is the one that races.
TEST_F(BothOrdersTest, WhatIsAfterTheFirstStaysBehindIt) {
  const Scene scene{.programs = {{lock(0), set(0, 1), unlock(0)}, {lock(0), own()}, {own(), load(0)}}, .roots = 3};
  const Trace trace = base(scene);
  std::vector<bool> is_after = none_after(trace);
  for (const std::size_t i : {index(trace, 'A', 2), index(trace, 'B', 0), index(trace, 'B', 1)}) is_after[i] = true;
  const auto orders = both_orders(trace, index(trace, 'A', 1), index(trace, 'C', 1), is_after, Onward::kAsSeen);
  EXPECT_EQ(loose(scene, orders.as_seen).picks(), "ACACABB");
  EXPECT_EQ(loose(scene, orders.other_way).picks(), "ACCAABB");
}

TEST_F(BothOrdersTest, WhoGoesOnAfterwardsIsAsAsked) {
  const Scene scene{.programs = {{own(), own(), own()}, {own(), own(), own()}, {own()}}, .roots = 3};
  const Trace trace = base(scene);
  const std::vector<bool> all_after(trace.events.size(), true);
  const auto picks = [&](Onward onward) {
    const auto orders = both_orders(trace, index(trace, 'A', 0), index(trace, 'B', 0), all_after, onward);
    return loose(scene, orders.as_seen).picks() + " " + loose(scene, orders.other_way).picks();
  };
  EXPECT_EQ(picks(Onward::kFirst), "ABAABBC BAAABBC");
  EXPECT_EQ(picks(Onward::kSecond), "ABBBAAC BABBAAC");
  EXPECT_EQ(picks(Onward::kAsSeen), "ABAABBC BAAABBC");
}

// Tasks are numbered as they are created, which the other order may change.
TEST_F(BothOrdersTest, TasksThatAreCreatedInAnotherOrderAreStillTheSame) {
  const Program child{own(), own()};
  const Scene scene{.programs = {{set(0, 1), fork(2)}, {load(0), fork(2), own()}, child}, .roots = 2};
  const Trace trace = base(scene);
  std::vector<bool> is_after = none_after(trace);
  is_after[index(trace, 'A', 1)] = true;
  const auto orders = both_orders(trace, index(trace, 'A', 0), index(trace, 'B', 2), is_after, Onward::kFirst);
  EXPECT_EQ(loose(scene, orders.as_seen).steps.size(), trace.events.size() - 4);
  const Trace made = simulation::trace_of(loose(scene, orders.other_way));
  EXPECT_TRUE(comes_first(made, step_of(trace, index(trace, 'B', 2)), step_of(trace, index(trace, 'A', 0))));
}

// Everything that depends on the step, directly or by way of others.
std::vector<bool> dependent_on(const Trace& trace, std::size_t first, std::size_t second) {
  std::vector<bool> is_after(trace.events.size());
  const auto pending = [&](std::size_t i) { return Pending{{trace.events[i].task, 0}, trace.events[i].operation}; };
  for (std::size_t i = first + 1; i < second; ++i) {
    if (trace.events[i].kind != TraceEvent::Kind::kExecuted) continue;
    for (std::size_t before = first; before < i && !is_after[i]; ++before) {
      if (before != first && !is_after[before]) continue;
      is_after[i] = conflict(pending(before), pending(i));
    }
  }
  return is_after;
}

TEST_F(BothOrdersTest, EveryTwoAccessesThatNothingElseOrdersComeBothWays) {
  int pairs = 0;
  const auto is_access = [](const TraceEvent& event) {
    return event.kind == TraceEvent::Kind::kExecuted && event.operation.kind <= StepKind::kWrite;
  };
  const auto try_pair = [&](const Scene& scene, const Trace& trace, std::size_t first, std::size_t second) {
    const std::vector<bool> is_after = dependent_on(trace, first, second);
    for (std::size_t i = first + 1; i < second; ++i) {
      if (is_after[i] && trace.events[i].task == trace.events[second].task) return;
    }
    const auto orders = both_orders(trace, first, second, is_after, Onward::kAsSeen);
    const StepOf one = step_of(trace, first), other = step_of(trace, second);
    const Trace as_seen = simulation::trace_of(loose(scene, orders.as_seen));
    const Trace other_way = simulation::trace_of(loose(scene, orders.other_way));
    EXPECT_TRUE(comes_first(as_seen, one, other));
    EXPECT_FALSE(comes_first(as_seen, other, one));
    EXPECT_TRUE(comes_first(other_way, other, one));
    ++pairs;
  };
  for (const Scene& scene : {lost_update(2), flag_before_data(), reorder(3), twostage(3)}) {
    Campaign campaign(scene, 3);
    for (int run = 0; run < 10; ++run) {
      const Trace trace = simulation::trace_of(campaign.next_of_portfolio());
      for (std::size_t i = 0; i < trace.events.size(); ++i) {
        for (std::size_t k = i + 1; k < trace.events.size(); ++k) {
          const TraceEvent &one = trace.events[i], &other = trace.events[k];
          if (!is_access(one) || !is_access(other) || one.task == other.task) continue;
          if (conflict({{one.task, 0}, one.operation}, {{other.task, 0}, other.operation}))
            try_pair(scene, trace, i, k);
        }
      }
    }
  }
  EXPECT_GT(pairs, 100);
}

TEST_F(BothOrdersTest, StepsOfAnotherKindOrThatAreNotThereDoNotCount) {
  const Trace trace = base(lost_update(1));
  const StepOf load = step_of(trace, index(trace, 'A', 0)), later = step_of(trace, index(trace, 'B', 0));
  EXPECT_EQ(load.number, 1u);
  EXPECT_TRUE(comes_first(trace, load, later));
  StepOf store = load;
  store.operation.kind = StepKind::kWrite;
  EXPECT_FALSE(comes_first(trace, store, later));
  StepOf missing = load;
  missing.number = 3;
  EXPECT_FALSE(comes_first(trace, missing, later));
}

}  // namespace
}  // namespace jitterlab
