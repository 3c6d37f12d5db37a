// When a controlled execution is moved on. Programs are started, fed, signalled and stopped while every controlled task
// rests or has ended, whatever happened before, and one order at a time, since the tasks go on as soon as one of them
// can: so what they find does not depend on how fast we are. All programs whose conditions hold are one order.
#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

#include "agent/control_area.h"
#include "os/error.h"
#include "run/scenario_run.h"

namespace jitterlab {
namespace {

// On zero bytes, not constructed: then little is there but what the strategy needs, and only that is sent.
std::string begun_scheduler(const Schedule& schedule) {
  static_assert(std::is_trivially_copyable_v<Scheduler> && std::is_trivially_destructible_v<Scheduler>);
  std::string bytes(sizeof(Scheduler), '\0');
  if (!schedule.load(*std::launder(reinterpret_cast<Scheduler*>(bytes.data()))))
    throw Error("the schedule is larger than the agent can hold");
  return bytes;
}

std::uint32_t fault_bits(const Scenario& scenario) {
  std::uint32_t bits = 0;
  for (const Fault fault : scenario.faults) bits |= fault == Fault::kShortReads ? kReadsAreShort : kWritesAreShort;
  return bits;
}

}  // namespace

std::optional<Control> ScenarioRun::control() const {
  const Execution& execution = observation_.execution;
  if (execution.strategy == Strategy::kPlain) return std::nullopt;
  const std::uint32_t faults = fault_bits(scenario_);
  if (execution.strategy == Strategy::kJitter) return Control{execution.seed, std::nullopt, faults};
  Control::Schedule schedule{.scheduler = begun_scheduler(*schedule_),
                             .slow_others = schedule_->slow_others,
                             .most_steps = kMostSteps,
                             .stop_at = schedule_->stop_at,
                             .may_fork = start_ == StartBy::kFork};
  return Control{execution.seed, std::move(schedule), faults};
}

bool ScenarioRun::is_under_control(int instance) const {
  if (!is_controlled() || instance < 0 || instance >= static_cast<int>(live_.size())) return false;
  const Role& role = *live_[static_cast<std::size_t>(instance)].role;
  return role.origin != Origin::kLab && programs_.without_agent.count(role.program) == 0;
}

bool ScenarioRun::advance_controlled() {
  if (!controlled_rest_) return false;
  stirred_ = false;
  const bool done = carry_out_one();
  if (stirred_) controlled_rest_ = resting_ = false;
  return done;
}

bool ScenarioRun::carry_out_one() {
  if (start_waiting_roles() || take_step() || feed_input() || send_signals()) return true;
  if (everybody_ended()) {
    over_ = true;
    return false;
  }
  if (!resting_) return stop_idle_roles();
  if (stop_one(scenario_.stop_when_everyone_waits)) return true;
  return at_rest();
}

// Stops the first that is to be stopped. True when there was one.
bool ScenarioRun::stop_one(bool all_are_stopped) {
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const bool to_be_stopped = all_are_stopped || live_[i].role->ends == Ends::kStopped;
    if (is_running(i) && to_be_stopped && stop(i)) return true;
  }
  return false;
}

// Nothing is left to be ordered, whatever comes.
bool ScenarioRun::nothing_follows() const {
  if (work_is_pending() || scenario_.stop_when_everyone_waits) return false;
  return std::all_of(live_.begin(), live_.end(), [](const Live& live) {
    const auto& signals = live.role->signals;
    return live.input_ended && live.role->ends != Ends::kStopped &&
           std::all_of(signals.begin(), signals.end(), [](const SignalOnCondition& one) { return one.at_any_step; });
  });
}

void ScenarioRun::start_together(const std::vector<const Role*>& roles) {
  std::vector<Launch> launches;
  for (const Role* role : roles) {
    for (int k = 0; k < role->instances; ++k) launches.push_back(add_instance(*role, k));
  }
  for (Launch& launch : launches) {
    launch.may_fork = is_under_control(launch.instance);
    if (launch.may_fork) launches.front().announced.push_back(launch.instance);
  }
  if (!launches.empty()) launches.back().is_last = nothing_follows();
  for (Launch& launch : launches) {
    launch.with_next = &launch != &launches.back();
    box_.start(launch);
    stirred_ = true;
  }
}

}  // namespace jitterlab
