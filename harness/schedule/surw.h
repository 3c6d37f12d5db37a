// Strategy "surw": Zhao, Wolff, Mathur, Roychoudhury: "Selectively Uniform Concurrency Testing" (ASPLOS 2025). The
// interleavings of a chosen set of operations (here: those on one object) are sampled uniformly, whatever else the
// tasks do in between. It takes the number of these operations that each task still has before it, from a profile:
// drawing the next task in proportion to them makes every interleaving equally likely. With every operation chosen
// (Hints::object 0) it is the paper's basic URW.
//
// A signal stands for what its handler will do to the object: with a task that signals are sent to, these are among the
// chosen operations, so that handlers come between any two of its accesses equally often (Hints::signalled).
//
// How it works: all other operations run by random priorities. The task of the next chosen operation ("intended") is
// drawn beforehand; other tasks that arrive at a chosen operation are held up until the intended one has carried out
// its own. Freestanding.
//
// Different here: an intended task that cannot go on, because it waits for one that is held up, is forgotten, which
// gives up exact uniformity but never stalls. Weights are only estimates: a task at a chosen operation counts as
// having one left, and a task that ends has none.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

class Surw {
 public:
  void begin(std::uint64_t seed, const Hints& hints);
  void task_created(TaskRef parent, TaskRef child);
  int pick(const Enabled& enabled);
  void executed(TaskRef task, const Operation& operation);
  void removed(TaskRef task);  // gone without having executed kExit

 private:
  bool is_chosen(const Operation& operation) const;
  int best_priority(const Enabled& enabled);
  void intend_one_of(const Enabled& enabled);
  void forget_intention();

  static constexpr std::uint32_t kNone = kMaxTasks;

  Hints hints_;
  std::uint64_t seed_ = 0;
  std::uint32_t intended_ = kNone;            // slot
  TaskSet held_up_ = 0;                       // at a chosen operation, and not intended
  TaskSet drawn_ = 0;                         // slots whose pending operation has a priority
  std::uint64_t priorities_[kMaxTasks] = {};  // of the slots in drawn_
  std::uint64_t weights_[kMaxTasks] = {};     // chosen operations left, with those of children not created yet
};

}  // namespace jitterlab
