#include "analysis/lock_steering.h"

#include <algorithm>
#include <optional>

#include "analysis/happens_before.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostEvents = 20'000;

// What orders the steps besides locks: a trace in which locks do nothing.
ControlledEnd without_locks(const ControlledEnd& end, const std::map<std::size_t, LockUse>& uses) {
  ControlledEnd result = end;
  for (const auto& [index, use] : uses) {
    TraceEvent& event = result.trace.events[index];
    if (event.operation.kind != StepKind::kLock && event.operation.kind != StepKind::kUnlock) continue;
    event.operation = Operation{.kind = StepKind::kSleep};
    event.effect = 0;
  }
  // What belongs to a lock, and accesses, which order nothing.
  std::erase_if(result.trace.notes, [&](const TraceNote& note) {
    const StepKind kind = note.event.operation.kind;
    const bool is_memory = kind <= StepKind::kWrite || kind == StepKind::kObject || kind == StepKind::kStart;
    return is_memory || uses.count(note.after) != 0;
  });
  return result;
}

class Steering {
 public:
  Steering(const ControlledEnd& end, bool has_outsiders, const LockCycle& cycle)
      : trace_(end.trace), cycle_(cycle), uses_(lock_uses(end.trace)) {
    const ControlledEnd plain = without_locks(end, uses_);
    HappensBefore order(plain, has_outsiders);
    auto note = plain.trace.notes.begin();
    for (std::size_t i = 0; i < trace_.events.size(); ++i) {
      const TraceEvent& event = trace_.events[i];
      if (event.kind == TraceEvent::Kind::kExecuted && !order.knows(event.task)) break;
      order.begin(i);
      if (event.kind == TraceEvent::Kind::kExecuted) {
        const std::uint32_t task = order.number(event.task);
        if (tasks_.size() <= task) tasks_.resize(task + 1);
        tasks_[task].steps.push_back(steps_.size());
        steps_.push_back({i, task, order.clock(task)[task], order.clock(task)});
      }
      for (; note != plain.trace.notes.end() && note->after <= i; ++note) {
        if (order.knows(note->event.task)) order.note(note->event);
      }
      order.finish(i);
    }
  }

  // `late` takes its lock after the others are where they are to be.
  std::optional<std::vector<std::size_t>> way(std::optional<std::size_t> late) {
    order_.clear();
    owners_.clear();
    done_.assign(steps_.size(), false);
    for (Task& task : tasks_) task = {std::move(task.steps)};
    for (std::size_t i = 0; i < cycle_.size(); ++i) stop(cycle_[i], i == late ? cycle_[i].took : cycle_[i].asked);
    run();
    if (late) {
      stop(cycle_[*late], cycle_[*late].asked);
      run();
    }
    if (!are_all_there()) return std::nullopt;
    return order_;
  }

 private:
  static constexpr std::size_t kNowhere = ~std::size_t{0};

  struct Step {
    std::size_t event = 0;
    std::uint32_t task = 0, time = 0;
    Clock clock;
  };
  struct Task {
    std::vector<std::size_t> steps;
    std::size_t next = 0;         // of steps
    std::size_t stop = kNowhere;  // the event before which it is held
  };

  void stop(const LockStep& one, std::size_t event) {
    for (Task& task : tasks_) {
      if (!task.steps.empty() && trace_.events[steps_[task.steps.front()].event].task == one.task) task.stop = event;
    }
  }

  bool is_there(const Task& task) const {
    return task.next < task.steps.size() && steps_[task.steps[task.next]].event == task.stop;
  }

  bool are_all_there() const {
    return std::all_of(tasks_.begin(), tasks_.end(),
                       [&](const Task& task) { return task.stop == kNowhere || is_there(task); });
  }

  // Again and again in the order of the execution, until nobody can do anything or all are there.
  void run() {
    for (bool goes_on = true; goes_on;) {
      goes_on = false;
      for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (done_[i] || !can_be_done(i)) continue;
        if (are_all_there()) return;
        make(i);
        goes_on = true;
      }
    }
  }

  bool can_be_done(std::size_t index) const {
    const Step& step = steps_[index];
    const Task& own = tasks_[step.task];
    if (own.steps[own.next] != index || step.event == own.stop) return false;
    const auto use = uses_.find(step.event);
    if (use != uses_.end() && use->second.takes) {
      const auto owner = owners_.find(use->second.lock);
      if (owner != owners_.end() && owner->second != step.task) return false;
    }
    // What it knows of must have been done.
    for (std::uint32_t other = 0; other < tasks_.size(); ++other) {
      const Task& task = tasks_[other];
      if (other == step.task || task.next == task.steps.size()) continue;
      if (steps_[task.steps[task.next]].time <= step.clock[other]) return false;
    }
    return true;
  }

  void make(std::size_t index) {
    const Step& step = steps_[index];
    done_[index] = true;
    ++tasks_[step.task].next;
    order_.push_back(step.event);
    const auto use = uses_.find(step.event);
    if (use == uses_.end()) return;
    if (use->second.takes)
      owners_[use->second.lock] = step.task;
    else
      owners_.erase(use->second.lock);
  }

  const Trace& trace_;
  const LockCycle& cycle_;
  const std::map<std::size_t, LockUse> uses_;
  std::vector<Step> steps_;
  std::vector<Task> tasks_;
  std::vector<bool> done_;
  std::map<Lock, std::uint32_t> owners_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::vector<std::size_t>> ways_into(const ControlledEnd& end, bool has_outsiders, const LockCycle& cycle) {
  std::vector<std::vector<std::size_t>> ways;
  if (end.trace.events.size() > kMostEvents) return ways;
  Steering steering(end, has_outsiders, cycle);
  const auto add = [&](std::optional<std::size_t> late) {
    auto way = steering.way(late);
    if (way && std::find(ways.begin(), ways.end(), *way) == ways.end()) ways.push_back(std::move(*way));
  };
  add(std::nullopt);
  for (std::size_t late = 0; late < cycle.size(); ++late) add(late);
  return ways;
}

}  // namespace jitterlab
