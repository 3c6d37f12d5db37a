#include "schedule/pos.h"

#include "schedule/dependence.h"
#include "schedule/mix.h"

namespace jitterlab {

void Pos::begin(std::uint64_t seed, const Hints&) {
  seed_ = seed;
  drawn_ = 0;
}

void Pos::task_created(TaskRef, TaskRef child) { drawn_ &= ~child.bit(); }

int Pos::pick(const Enabled& enabled) {
  int best = 0;
  for (int i = 0; i < enabled.count; ++i) {
    const Pending& pending = enabled.pending[i];
    const std::uint32_t slot = pending.task.slot;
    if ((drawn_ & pending.task.bit()) == 0) {
      drawn_ |= pending.task.bit();
      priorities_[slot] = mix(seed_, enabled.step, pending.task.id);
      pending_[slot] = pending;
    }
    if (priorities_[slot] > priorities_[enabled.pending[best].task.slot]) best = i;
  }
  return best;
}

void Pos::executed(TaskRef task, const Operation& operation) {
  const Pending done{task, operation};
  drawn_ &= ~task.bit();
  for (TaskSet left = drawn_; left != 0; left &= left - 1) {
    const int slot = __builtin_ctzll(left);
    if (conflict(done, pending_[slot])) drawn_ &= ~(TaskSet{1} << slot);
  }
}

}  // namespace jitterlab
