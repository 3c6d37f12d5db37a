#include "analysis/lock_orders.h"

#include <algorithm>
#include <optional>
#include <set>

#include "schedule/call.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostSteps = 500;  // of tasks that hold a lock and ask for another
constexpr std::size_t kMostAlike = 2;    // of one task with the same two locks
constexpr std::size_t kLongest = 5;      // tasks in a cycle

struct Kind {
  bool takes = false, waits = false, is_semaphore = false;
};

std::optional<Kind> semaphore_kind(const TraceEvent& event) {
  switch (event.operation.call) {
    case Call::kSemop:
      if (event.operation.size != 1 || event.value == kFailedCall) return std::nullopt;
      if (semop_change(event.value) == -1) return Kind{true, true, true};
      return semop_change(event.value) == 1 ? std::optional(Kind{false, false, true}) : std::nullopt;
    case Call::kSemaphoreWait:
      return Kind{true, true, true};
    case Call::kSemaphoreTryWait:
      return event.value == 0 ? std::nullopt : std::optional(Kind{true, false, true});
    case Call::kSemaphorePost:
      return Kind{false, false, true};
    default:
      return std::nullopt;
  }
}

std::optional<Kind> kind_of(const TraceEvent& event) {
  switch (event.operation.call) {
    case Call::kMutexLock:
    case Call::kReadLock:
    case Call::kWriteLock:
    case Call::kSpinLock:
      return Kind{true, true};
    case Call::kMutexTryLock:
    case Call::kReadTryLock:
    case Call::kWriteTryLock:
      return event.value == kFailedCall ? std::nullopt : std::optional(Kind{true, false});
    case Call::kMutexUnlock:
    case Call::kReadWriteUnlock:
    case Call::kSpinUnlock:
      return Kind{false, false};
    default:
      return semaphore_kind(event);
  }
}

Lock lock_of(const Operation& operation) { return {operation.object, operation.offset}; }

bool was_made(const TraceEvent& event) {
  return (event.flags & (TraceEvent::kInterrupted | TraceEvent::kTimedOut)) == 0 && event.operation.object != 0;
}

class Uses {
 public:
  explicit Uses(const Trace& trace) {
    auto note = trace.notes.begin();
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
      const TraceEvent& event = trace.events[i];
      if (event.kind == TraceEvent::Kind::kExecuted && was_made(event)) add(event, i);
      for (; note != trace.notes.end() && note->after <= i; ++note) {
        // A condition variable gives its mutex back.
        if (note->event.operation.kind == StepKind::kUnlock && event.operation.call == Call::kConditionWait)
          uses_[i] = {lock_of(note->event.operation), false, false};
      }
    }
    for (const auto& [lock, index] : open_) uses_.erase(index);
  }

  std::map<std::size_t, LockUse> uses() { return std::move(uses_); }

 private:
  void add(const TraceEvent& event, std::size_t index) {
    const auto kind = kind_of(event);
    if (!kind) return;
    const Lock lock = lock_of(event.operation);
    if (kind->is_semaphore && !closes(event.task, lock, kind->takes, index)) return;
    uses_[index] = {lock, kind->takes, kind->waits};
  }

  // A semaphore is a lock from where a task takes it to where it gives it back, if nobody else does anything to it.
  bool closes(TaskId task, const Lock& lock, bool takes, std::size_t index) {
    const auto open = open_.find(lock);
    const auto holder = holders_.find(lock);
    const bool is_its = holder != holders_.end() && holder->second == task;
    if (takes) {
      if (open != open_.end()) uses_.erase(open->second);
      open_[lock] = index;
      holders_[lock] = task;
      return true;
    }
    if (open == open_.end()) return false;
    const bool is_closed = is_its;
    if (!is_closed) uses_.erase(open->second);
    open_.erase(open);
    return is_closed;
  }

  std::map<std::size_t, LockUse> uses_;
  std::map<Lock, std::size_t> open_;  // semaphores that were taken and not given back yet
  std::map<Lock, TaskId> holders_;
};

class Graph {
 public:
  explicit Graph(const Trace& trace) {
    std::map<TaskId, std::vector<std::pair<Lock, std::size_t>>> held;
    for (const auto& [index, use] : lock_uses(trace)) {
      auto& own = held[trace.events[index].task];
      const auto is_it = [&, lock = use.lock](const auto& one) { return one.first == lock; };
      const auto known = std::find_if(own.begin(), own.end(), is_it);
      if (!use.takes) {
        if (known != own.end()) own.erase(known);
      } else if (known == own.end()) {
        if (use.waits) ask(trace.events[index].task, use.lock, index, own);
        own.emplace_back(use.lock, index);
      }
    }
  }

  std::vector<LockCycle> cycles() {
    for (std::size_t length = 2; length <= kLongest; ++length) {
      for (std::size_t first = 0; first < steps_.size(); ++first) {
        chain_ = {first};
        grow(length);
      }
    }
    return std::move(cycles_);
  }

 private:
  using Held = std::vector<std::pair<Lock, std::size_t>>;

  void ask(TaskId task, const Lock& wanted, std::size_t index, const Held& held) {
    for (const auto& [lock, took] : held) {
      std::size_t& alike = known_[{task, lock, wanted}];
      if (alike == kMostAlike || steps_.size() == kMostSteps) continue;
      ++alike;
      LockStep step{task, lock, wanted, took, index, {}};
      for (const auto& [other, when] : held) {
        if (other != lock) step.others.push_back(other);
      }
      by_held_[lock].push_back(steps_.size());
      steps_.push_back(std::move(step));
    }
  }

  // No two of a task, and no lock that two of them held.
  bool can_meet(const LockStep& one, const LockStep& other) const {
    const auto held_by = [](const LockStep& step, const Lock& lock) {
      return step.held == lock || std::find(step.others.begin(), step.others.end(), lock) != step.others.end();
    };
    if (one.task == other.task || held_by(other, one.held)) return false;
    return std::none_of(one.others.begin(), one.others.end(), [&](const Lock& lock) { return held_by(other, lock); });
  }

  // A cycle begins with the earliest of its steps, so that each is found once.
  void grow(std::size_t length) {
    if (cycles_.size() == kMostCycles) return;
    const LockStep& last = steps_[chain_.back()];
    if (chain_.size() == length) {
      if (last.wanted != steps_[chain_.front()].held) return;
      LockCycle cycle;
      for (const std::size_t step : chain_) cycle.push_back(steps_[step]);
      cycles_.push_back(std::move(cycle));
      return;
    }
    const auto next = by_held_.find(last.wanted);
    if (next == by_held_.end()) return;
    for (const std::size_t step : next->second) {
      const bool fits = step > chain_.front() && std::all_of(chain_.begin(), chain_.end(), [&](std::size_t other) {
                          return can_meet(steps_[step], steps_[other]);
                        });
      if (!fits) continue;
      chain_.push_back(step);
      grow(length);
      chain_.pop_back();
    }
  }

  std::vector<LockStep> steps_;
  std::map<std::tuple<TaskId, Lock, Lock>, std::size_t> known_;
  std::map<Lock, std::vector<std::size_t>> by_held_;
  std::vector<std::size_t> chain_;
  std::vector<LockCycle> cycles_;
};

}  // namespace

std::map<std::size_t, LockUse> lock_uses(const Trace& trace) { return Uses(trace).uses(); }

std::vector<LockCycle> lock_cycles(const Trace& trace) { return Graph(trace).cycles(); }

}  // namespace jitterlab
