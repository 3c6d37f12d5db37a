// Locks that are taken in orders that could meet are made to meet: an execution is steered to where each task of such a
// cycle holds one and asks for the next. What is confirmed so is a failure like any other; nothing else is told.
#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include "analysis/lock_orders.h"
#include "run/search.h"

namespace jitterlab {

class LockTrials {
 public:
  // Of every execution of the search. `slow_others`: of its schedule.
  void add(const Observation& observation, bool slow_others);

  // Nothing when a deadlock came already; ends with the first that comes, or after `stop`.
  void try_all(const CarryOut& carry_out, const std::atomic<bool>& stop) const;

 private:
  struct Suspicion {
    LockCycle cycle;
    std::shared_ptr<const Observation> observation;
    bool slow_others = false;
  };

  // Who takes what where.
  using Signature = std::set<std::tuple<TaskId, std::uint64_t, std::uint64_t>>;

  std::set<Signature> known_;
  std::vector<Suspicion> suspicions_;  // at most kMostCycles
  bool is_deadlocked_ = false;
};

}  // namespace jitterlab
