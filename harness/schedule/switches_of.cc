#include "schedule/switches_of.h"

#include <map>
#include <optional>

namespace jitterlab {
namespace {

bool is_step(const TraceEvent& event) { return event.kind == TraceEvent::Kind::kExecuted; }

// Tasks are numbered as Replay does.
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

std::vector<Switch> switches_of(const Trace& trace, const std::vector<std::size_t>& steps, TaskId then) {
  Writer writer(trace);
  for (const std::size_t i : steps) writer.step(i);
  if (then != 0) writer.switch_to(then);
  return writer.switches();
}

}  // namespace jitterlab
