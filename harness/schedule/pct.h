// Strategy "pct": Burckhardt, Kothari, Musuvathi, Nagarakatte: "A Randomized Scheduler with Probabilistic Guarantees of
// Finding Bugs" (ASPLOS 2010). Every task has a random priority, the highest enabled one runs, and at d-1 random
// choices the running task is lowered. A bug that needs d ordering constraints is found with a probability of at least
// 1/(n·k^(d-1)), for n tasks and k choices. Freestanding.
//
// Different here:
// - k is learned: Hints::choices is the most choices seen in any execution so far. While it is not known, priorities
//   alone decide. For d >= 3 an execution draws k, k/2 or k/4, since its own length may be far from the longest.
// - Forced steps are not counted. A change happens just before the choice it is attached to, so that no change point is
//   spent on the end of the execution.
// - A task that sleeps or yields is lowered below everyone. This gives the guarantee up for programs that wait by
//   polling, which would otherwise never end under a fixed priority.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

class Pct {
 public:
  static constexpr int kMaxDepth = 8;

  void begin(std::uint64_t seed, const Hints& hints);
  void task_created(TaskRef parent, TaskRef child);
  int pick(const Enabled& enabled);
  void executed(TaskRef task, const Operation& operation);

 private:
  void draw_change_points(std::uint64_t choices);

  std::uint64_t seed_ = 0;
  std::uint32_t yields_ = 0;
  std::uint32_t change_count_ = 0;
  std::uint64_t changes_[kMaxDepth] = {};     // choice numbers, in the order drawn: change i lowers to priority i
  std::uint64_t priorities_[kMaxTasks] = {};  // by slot; distinct
};

}  // namespace jitterlab
