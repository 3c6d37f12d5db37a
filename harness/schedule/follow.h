// Strategy "follow": makes the choices of a given prefix, then runs every task until it blocks. The freestanding half
// of exhaustive exploration; exploration.h has the search.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

class Follow {
 public:
  static constexpr int kMaxPrefix = 8192;

  // Before begin(), by the harness. False when the prefix is full; the choice is then not added.
  bool add(Choice choice);
  void clear() { length_ = 0; }

  // Goes back to the first choice of the prefix.
  void begin(std::uint64_t seed, const Hints& hints);
  void task_created(TaskRef, TaskRef) {}
  int pick(const Enabled& enabled);
  void executed(TaskRef, const Operation&) {}

  // The first choice that was not the one of the prefix (another number of tasks, or another one ran last): the program
  // is not deterministic under control. -1: none. From there on tasks run until they block.
  int differs_at() const { return differs_at_; }

 private:
  int length_ = 0;
  int position_ = 0;
  int differs_at_ = -1;
  Choice prefix_[kMaxPrefix] = {};
};

}  // namespace jitterlab
