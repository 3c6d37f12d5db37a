// Strategy "pos": Yuan, Yang, Gu: "Partial Order Aware Concurrency Sampling" (CAV 2018). Every pending operation has a
// random priority of its own, the highest enabled one is executed, and the operations that conflict with it draw anew:
// so orders of conflicting operations are sampled, not orders of all operations. Freestanding.
//
// Different here: a task that was seen enabled and is blocked now keeps its operation and its priority, and draws anew
// like the others on a conflict. Without the conflicts this would be the "random priority" of SURW.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

class Pos {
 public:
  void begin(std::uint64_t seed, const Hints& hints);
  void task_created(TaskRef parent, TaskRef child);
  int pick(const Enabled& enabled);
  void executed(TaskRef task, const Operation& operation);

 private:
  std::uint64_t seed_ = 0;
  TaskSet drawn_ = 0;                         // slots whose pending operation has a priority
  std::uint64_t priorities_[kMaxTasks] = {};  // of the slots in drawn_
  Pending pending_[kMaxTasks] = {};           // what the priority was drawn for
};

}  // namespace jitterlab
