#include "schedule/scheduler.h"

namespace jitterlab {
namespace {

TaskSet tasks_of(const Enabled& enabled) {
  TaskSet result = 0;
  for (int i = 0; i < enabled.count; ++i) result |= enabled.pending[i].task.bit();
  return result;
}

void keep_only(TaskSet allowed, const Enabled& enabled, Enabled& kept) {
  kept.step = enabled.step;
  kept.count = 0;
  kept.last = -1;
  for (int i = 0; i < enabled.count; ++i) {
    if ((enabled.pending[i].task.bit() & allowed) == 0) continue;
    if (i == enabled.last) kept.last = kept.count;
    kept.pending[kept.count++] = enabled.pending[i];
  }
}

int index_of(TaskRef task, const Enabled& enabled) {
  int index = 0;
  while (enabled.pending[index].task.slot != task.slot) ++index;
  return index;
}

}  // namespace

template <typename Action>
auto Scheduler::with_strategy(Action action) {
  switch (kind_) {
    case StrategyKind::kPct:
      return action(pct_);
    case StrategyKind::kPos:
      return action(pos_);
    case StrategyKind::kSurw:
      return action(surw_);
    case StrategyKind::kFollow:
      return action(follow_);
    case StrategyKind::kReplay:
      return action(replay_);
    case StrategyKind::kRandom:
      break;
  }
  return action(random_);
}

void Scheduler::begin(StrategyKind kind, std::uint64_t seed, const Hints& hints, bool slow_others) {
  kind_ = kind;
  choices_ = 0;
  choice_ = Choice{};
  fair_.begin(slow_others);
  with_strategy([&](auto& strategy) { strategy.begin(seed, hints); });
}

void Scheduler::task_created(TaskRef parent, TaskRef child) {
  fair_.task_created(child);
  with_strategy([&](auto& strategy) { strategy.task_created(parent, child); });
}

int Scheduler::pick(const Enabled& enabled) {
  choice_.count = static_cast<std::uint8_t>(enabled.count);
  choice_.last = enabled.last < 0 ? Choice::kNone : static_cast<std::uint8_t>(enabled.last);
  const bool is_forced = enabled.count == 1;
  const int picked = is_forced ? 0 : with_strategy([&](auto& strategy) { return strategy.pick(enabled); });
  if (!is_forced) ++choices_;
  choice_.picked = static_cast<std::uint8_t>(picked);
  return picked;
}

int Scheduler::choose(Enabled& enabled) {
  enabled.step = choices_;
  const TaskSet all = tasks_of(enabled);
  const TaskSet allowed = fair_.allowed(all);
  if (allowed == all) return pick(enabled);
  keep_only(allowed, enabled, fair_enabled_);
  return index_of(fair_enabled_.pending[pick(fair_enabled_)].task, enabled);
}

void Scheduler::force(const Enabled& enabled, int index) {
  choice_ = Choice{.count = 1, .picked = 0, .last = index == enabled.last ? std::uint8_t{0} : Choice::kNone};
}

void Scheduler::executed(TaskRef task, const Operation& operation) {
  fair_.executed(task, operation);
  with_strategy([&](auto& strategy) { strategy.executed(task, operation); });
}

void Scheduler::removed(TaskRef task) {
  fair_.removed(task);
  if (kind_ == StrategyKind::kSurw) surw_.removed(task);
}

int Scheduler::differs_at() const {
  if (kind_ == StrategyKind::kFollow) return follow_.differs_at();
  if (kind_ == StrategyKind::kReplay) return replay_.differs_at();
  return -1;
}

}  // namespace jitterlab
