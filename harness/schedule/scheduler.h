// The strategies behind one door, for the agent: keeps the rules of strategy.h for whichever was chosen. Lies in the
// control area; the harness fills it before an execution, the holder of the baton calls it. Freestanding, no pointers:
// all processes may map it at different addresses. Its memory may start as zero bytes.
#pragma once

#include <cstddef>

#include "schedule/fair.h"
#include "schedule/follow.h"
#include "schedule/pct.h"
#include "schedule/pos.h"
#include "schedule/random_walk.h"
#include "schedule/replay.h"
#include "schedule/strategy.h"
#include "schedule/surw.h"

namespace jitterlab {

class Scheduler {
 public:
  // Starts an execution. For kFollow and kReplay the harness fills follow() or replay() before.
  // `slow_others`: who spins goes on for long before it gives way (Fair::kSlowOthers).
  void begin(StrategyKind kind, std::uint64_t seed, const Hints& hints, bool slow_others = false);
  void task_created(TaskRef parent, TaskRef child);

  // At every scheduling point, with all enabled tasks, at least one: the index of the one that goes on. Sets
  // enabled.step. A forced step asks no strategy and is not counted.
  int choose(Enabled& enabled);

  // In place of choose(): it is settled who goes on, no strategy is asked, and it counts as forced.
  void force(const Enabled& enabled, int index);

  // The chosen task has carried out its operation; before the next choose().
  void executed(TaskRef task, const Operation& operation);

  // A task is gone, with or without having executed kExit: its slot may be given to another.
  void removed(TaskRef task);

  Fair::Idle idle() { return fair_.idle(); }

  // What the last choose() did, for the trace.
  const Choice& choice() const { return choice_; }
  std::uint32_t choices() const { return choices_; }  // made so far

  // The number of the choice that was not as in the execution to be followed or replayed; -1: none.
  int differs_at() const;
  // Whether there is such an execution. Looks at the first kind_bytes() bytes only.
  bool is_led() const { return kind_ == StrategyKind::kFollow || kind_ == StrategyKind::kReplay; }
  static constexpr std::size_t kind_bytes() { return offsetof(Scheduler, choices_); }

  Follow& follow() { return follow_; }
  Replay& replay() { return replay_; }

 private:
  int pick(const Enabled& enabled);
  template <typename Action>
  auto with_strategy(Action action);

  StrategyKind kind_ = StrategyKind::kRandom;
  std::uint32_t choices_ = 0;
  Choice choice_;
  Fair fair_;
  RandomWalk random_;
  Pct pct_;
  Pos pos_;
  Surw surw_;
  Follow follow_;
  Replay replay_;
  Enabled fair_enabled_;  // what is left of the enabled set when Fair takes tasks out
};

}  // namespace jitterlab
