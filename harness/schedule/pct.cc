#include "schedule/pct.h"

#include "schedule/mix.h"

namespace jitterlab {
namespace {

enum Draw : std::uint64_t { kPriorityDraw = 11, kChangeDraw, kLengthDraw };

// First priorities lie above kChanged + kMaxDepth, those after a yield below kChanged, the latest lowest.
constexpr std::uint64_t kChanged = std::uint64_t{1} << 32;
constexpr std::uint64_t kInitial = std::uint64_t{1} << 63;

int highest(const Enabled& enabled, const std::uint64_t* priorities) {
  int best = 0;
  for (int i = 1; i < enabled.count; ++i) {
    if (priorities[enabled.pending[i].task.slot] > priorities[enabled.pending[best].task.slot]) best = i;
  }
  return best;
}

}  // namespace

void Pct::begin(std::uint64_t seed, const Hints& hints) {
  seed_ = seed;
  yields_ = 0;
  const std::uint32_t depth = hints.depth > kMaxDepth ? kMaxDepth : hints.depth;
  change_count_ = depth == 0 || hints.choices == 0 ? 0 : depth - 1;
  draw_change_points(depth < 3 ? hints.choices : hints.choices >> (mix(seed, kLengthDraw) % 3));
}

void Pct::draw_change_points(std::uint64_t choices) {
  if (change_count_ > choices) change_count_ = static_cast<std::uint32_t>(choices);
  for (std::uint32_t i = 0; i < change_count_; ++i) {
    changes_[i] = mix(seed_, kChangeDraw, i) % choices;
    // Distinct, without drawing until it fits: the next free number. There is one, since choices >= change_count_.
    for (std::uint32_t j = 0; j < i; ++j) {
      if (changes_[j] != changes_[i]) continue;
      changes_[i] = (changes_[i] + 1) % choices;
      j = static_cast<std::uint32_t>(-1);
    }
  }
}

void Pct::task_created(TaskRef, TaskRef child) {
  // A random number of 63 bits is a random place in the list of priorities, also for tasks that come late.
  priorities_[child.slot] = kInitial | mix(seed_, kPriorityDraw, child.id);
}

int Pct::pick(const Enabled& enabled) {
  for (std::uint32_t i = 0; i < change_count_; ++i) {
    if (changes_[i] != enabled.step) continue;
    priorities_[enabled.pending[highest(enabled, priorities_)].task.slot] = kChanged + i;
  }
  return highest(enabled, priorities_);
}

void Pct::executed(TaskRef task, const Operation& operation) {
  if (operation.kind == StepKind::kSleep) priorities_[task.slot] = kChanged - ++yields_;
}

}  // namespace jitterlab
