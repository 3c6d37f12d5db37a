#include "schedule/recorder.h"

namespace jitterlab {

void Recorder::task_created(TaskId child) {
  const auto number = static_cast<std::uint16_t>(tasks_.size());
  tasks_.emplace(child, Known{number});
}

void Recorder::executed(TaskId task, const Choice& choice) {
  Known& known = tasks_[task];
  const std::uint8_t base = choice.last == Choice::kNone ? 0 : choice.last;  // run_to_block
  if (choice.picked != base) recording_.switches.push_back({last_.executed, last_.number, known.number});
  recording_.preemptions += choice.is_preemption();
  ++known.executed;
  last_ = known;
  std::vector<Block>& blocks = recording_.blocks;
  if (blocks.empty() || blocks.back().task != known.number) blocks.push_back({known.number});
  blocks.back().until = known.executed;
}

}  // namespace jitterlab
