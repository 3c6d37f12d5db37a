#include "schedule/both_orders.h"

#include <map>
#include <optional>

namespace jitterlab {
namespace {

bool is_step(const TraceEvent& event) { return event.kind == TraceEvent::Kind::kExecuted; }

// Writes down steps in a new order as the switches between their tasks. Tasks are numbered as Replay does.
class Writer {
 public:
  explicit Writer(const Trace& trace) : trace_(trace), created_by_(trace.events.size()) {
    std::map<TaskId, std::size_t> last_steps;
    std::optional<std::size_t> last_step;
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
      const TraceEvent& event = trace.events[i];
      if (is_step(event)) {
        last_steps[event.task] = i;
        last_step = i;
        continue;
      }
      // A program may be started in the course of an execution.
      const auto parent = last_steps.find(event.parent);
      if (parent != last_steps.end())
        created_by_[parent->second].push_back(event.task);
      else if (last_step)
        created_by_[*last_step].push_back(event.task);
      else
        create(event.task);
    }
  }

  void step(std::size_t index) {
    switch_to(trace_.events[index].task);
    ++executed_[last_];
    for (const TaskId child : created_by_[index]) create(child);
  }

  void switch_to(TaskId task) {
    const std::uint16_t number = numbers_[task];
    if (has_begun_ && number == last_) return;
    switches_.push_back({has_begun_ ? executed_[last_] : 0, has_begun_ ? last_ : std::uint16_t{0}, number});
    last_ = number;
    has_begun_ = true;
  }

  std::vector<Switch> switches() { return std::move(switches_); }

 private:
  void create(TaskId task) { numbers_.emplace(task, static_cast<std::uint16_t>(numbers_.size())); }

  const Trace& trace_;
  std::vector<std::vector<TaskId>> created_by_;
  std::map<TaskId, std::uint16_t> numbers_;
  std::map<std::uint16_t, std::uint32_t> executed_;
  std::uint16_t last_ = 0;
  bool has_begun_ = false;
  std::vector<Switch> switches_;
};

}  // namespace

BothOrders both_orders(const Trace& trace, std::size_t first, std::size_t second, const std::vector<bool>& is_after,
                       Onward onward) {
  std::vector<std::size_t> before, after;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    if (!is_step(trace.events[i]) || i == first || i == second) continue;
    const bool is_before = i < first || (i < second && !is_after[i]);
    (is_before ? before : after).push_back(i);
  }
  const auto written = [&](std::size_t one, std::size_t other) {
    Writer writer(trace);
    for (const std::size_t i : before) writer.step(i);
    writer.step(one);
    writer.step(other);
    if (onward == Onward::kAsSeen) {
      for (const std::size_t i : after) writer.step(i);
    } else {
      writer.switch_to(trace.events[onward == Onward::kFirst ? first : second].task);
    }
    return writer.switches();
  };
  return {written(first, second), written(second, first)};
}

StepOf step_of(const Trace& trace, std::size_t index) {
  StepOf result{trace.events[index].task, 0, trace.events[index].operation};
  for (std::size_t i = 0; i <= index; ++i)
    result.number += is_step(trace.events[i]) && trace.events[i].task == result.task;
  return result;
}

namespace {

// Where it was made; objects may have other numbers there.
std::optional<std::size_t> index_of(const Trace& trace, const StepOf& step) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    if (!is_step(event) || event.task != step.task || ++number < step.number) continue;
    const Operation &made = event.operation, &wanted = step.operation;
    const bool is_same = made.kind == wanted.kind && made.place == wanted.place && made.offset == wanted.offset;
    return is_same ? std::optional(i) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool comes_first(const Trace& trace, const StepOf& one, const StepOf& other) {
  const auto first = index_of(trace, one), second = index_of(trace, other);
  return first && second && *first < *second;
}

}  // namespace jitterlab
