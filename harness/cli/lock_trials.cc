#include "cli/lock_trials.h"

#include <algorithm>

#include "analysis/lock_steering.h"
#include "analysis/race_orders.h"
#include "schedule/switches_of.h"

namespace jitterlab {

void LockTrials::add(const Observation& observation, bool slow_others) {
  is_deadlocked_ = is_deadlocked_ || observation.came_to_rest;
  if (is_deadlocked_ || suspicions_.size() == kMostCycles || !can_be_tried(observation)) return;
  const Trace& trace = observation.controlled->trace;
  std::shared_ptr<const Observation> kept;  // once for all
  for (LockCycle& cycle : lock_cycles(trace)) {
    Signature signature;
    for (const LockStep& step : cycle)
      signature.emplace(step.task, trace.events[step.took].operation.place, trace.events[step.asked].operation.place);
    if (suspicions_.size() == kMostCycles || !known_.insert(signature).second) continue;
    if (!kept) kept = std::make_shared<Observation>(observation);
    suspicions_.push_back({std::move(cycle), kept, slow_others});
  }
}

void LockTrials::try_all(const CarryOut& carry_out, const std::atomic<bool>& stop) const {
  for (const Suspicion& one : suspicions_) {
    const Observation& seen = *one.observation;
    for (const std::vector<std::size_t>& steps : ways_into(*seen.controlled, has_outsiders(seen), one.cycle)) {
      if (stop || is_deadlocked_) return;
      Schedule schedule;
      schedule.kind = StrategyKind::kReplay;
      schedule.switches = switches_of(seen.controlled->trace, steps);
      schedule.exact = false;
      schedule.slow_others = one.slow_others;
      if (schedule.switches.size() > Replay::kMaxSwitches) continue;
      if (carry_out(schedule, "lock-order").came_to_rest) return;
    }
  }
}

}  // namespace jitterlab
