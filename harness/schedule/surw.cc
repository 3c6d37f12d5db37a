#include "schedule/surw.h"

#include "schedule/dependence.h"
#include "schedule/mix.h"

namespace jitterlab {
namespace {

enum Draw : std::uint64_t { kIntentionDraw = 21, kInheritDraw };

}  // namespace

void Surw::begin(std::uint64_t seed, const Hints& hints) {
  seed_ = seed;
  hints_ = hints;
  drawn_ = 0;
  forget_intention();
}

void Surw::forget_intention() {
  intended_ = kNone;
  held_up_ = 0;
}

bool Surw::is_chosen(const Operation& operation) const {
  if (hints_.object == 0 || touches(operation, hints_.object, hints_.offset, hints_.size)) return true;
  return hints_.signalled != 0 && operation.kind == StepKind::kSignal && operation.object == hints_.signalled;
}

void Surw::task_created(TaskRef parent, TaskRef child) {
  drawn_ &= ~child.bit();
  std::uint64_t weight = 0;
  for (std::uint32_t i = 0; i < hints_.weight_count; ++i) {
    if (hints_.weights[i].task == child.id) weight = hints_.weights[i].weight;
  }
  weights_[child.slot] = weight;
  if (parent.id == 0) return;
  // What was meant for the parent was meant for its descendants too: the child inherits its share.
  std::uint64_t& parents = weights_[parent.slot];
  const bool inherits = parents != 0 && mix(seed_, kInheritDraw, child.id) % parents < weight;
  if (intended_ == parent.slot && inherits) intended_ = child.slot;
  parents = parents > weight ? parents - weight : 0;
}

// Among those that are not held up; -1: all are.
int Surw::best_priority(const Enabled& enabled) {
  int best = -1;
  for (int i = 0; i < enabled.count; ++i) {
    const TaskRef task = enabled.pending[i].task;
    if ((held_up_ & task.bit()) != 0) continue;
    if ((drawn_ & task.bit()) == 0) {
      drawn_ |= task.bit();
      priorities_[task.slot] = mix(seed_, enabled.step, task.id);
    }
    if (best < 0 || priorities_[task.slot] > priorities_[enabled.pending[best].task.slot]) best = i;
  }
  return best;
}

// One that is not held up, in proportion to the weights, of which at least one is not 0.
void Surw::intend_one_of(const Enabled& enabled) {
  std::uint64_t sum = 0;
  for (int i = 0; i < enabled.count; ++i) {
    if ((held_up_ & enabled.pending[i].task.bit()) == 0) sum += weights_[enabled.pending[i].task.slot];
  }
  std::uint64_t drawn = mix(seed_, kIntentionDraw, enabled.step) % sum;
  for (int i = 0; i < enabled.count; ++i) {
    const TaskRef task = enabled.pending[i].task;
    if ((held_up_ & task.bit()) != 0) continue;
    intended_ = task.slot;
    if (drawn < weights_[task.slot]) return;
    drawn -= weights_[task.slot];
  }
}

int Surw::pick(const Enabled& enabled) {
  for (;;) {
    const int best = best_priority(enabled);
    if (best < 0) {  // the intended task is blocked, or ended without the operation
      forget_intention();
      continue;
    }
    const TaskRef task = enabled.pending[best].task;
    if (!is_chosen(enabled.pending[best].operation)) return best;
    if (weights_[task.slot] == 0) weights_[task.slot] = 1;
    if (intended_ == kNone) intend_one_of(enabled);
    if (intended_ == task.slot) return best;
    held_up_ |= task.bit();
  }
}

void Surw::executed(TaskRef task, const Operation& operation) {
  drawn_ &= ~task.bit();
  if (is_chosen(operation)) {
    if (weights_[task.slot] != 0) --weights_[task.slot];
    forget_intention();
  }
  if (operation.kind == StepKind::kExit) removed(task);
}

void Surw::removed(TaskRef task) {
  weights_[task.slot] = 0;
  if (intended_ == task.slot) forget_intention();
}

}  // namespace jitterlab
