#include "schedule/replay.h"

namespace jitterlab {

bool Replay::add(Switch one) {
  if (count_ == kMaxSwitches) return false;
  switches_[count_++] = one;
  return true;
}

void Replay::begin(std::uint64_t, const Hints&) {
  next_ = used_ = 0;
  differs_at_ = -1;
  created_ = last_ = 0;
  last_executed_ = 0;
}

void Replay::task_created(TaskRef, TaskRef child) {
  numbers_[child.slot] = created_++;
  executed_[child.slot] = 0;
}

void Replay::executed(TaskRef task, const Operation&) {
  last_ = numbers_[task.slot];
  last_executed_ = ++executed_[task.slot];
}

const Switch* Replay::switch_here() {
  for (int i = 0; i < count_; ++i) {
    const int index = (next_ + i) % count_;
    const Switch& one = switches_[index];
    if (one.from != last_ || one.after != last_executed_) continue;
    next_ = (index + 1) % count_;
    return &one;
  }
  return nullptr;
}

int Replay::pick(const Enabled& enabled) {
  const Switch* wanted = switch_here();
  if (wanted == nullptr) return run_to_block(enabled);
  for (int i = 0; i < enabled.count; ++i) {
    if (numbers_[enabled.pending[i].task.slot] != wanted->to) continue;
    ++used_;
    return i;
  }
  if (mode_ == Mode::kExact && differs_at_ < 0) differs_at_ = static_cast<int>(enabled.step);
  return run_to_block(enabled);
}

}  // namespace jitterlab
