#include "schedule/fair.h"

#include "schedule/mix.h"

namespace jitterlab {
namespace {

// What a spinning loop is made of. Anything else gets the task, or another one, on. kObject: opening or making what is
// not there yet, or still there; kSignal: asking whether a process lives.
bool may_be_spinning(StepKind kind) {
  switch (kind) {
    case StepKind::kRead:
    case StepKind::kAtomic:
    case StepKind::kLock:
    case StepKind::kUnlock:
    case StepKind::kWait:  // one that gives up at some time
    case StepKind::kSleep:
    case StepKind::kObject:
    case StepKind::kSignal:
    case StepKind::kOther:
      return true;
    default:
      return false;
  }
}

}  // namespace

void Fair::begin(bool slow_others) {
  spinning_ = slow_others ? kSlowOthers * kSpinning : kSpinning;
  alive_ = enabled_ = 0;
  has_run_ = has_yielded_ = false;
  idle_yields_ = looking_yields_ = 0;
}

void Fair::task_created(TaskRef child) {
  for (TaskSet left = alive_; left != 0; left &= left - 1) {
    State& state = states_[__builtin_ctzll(left)];
    state.below &= ~child.bit();
    state.enabled &= ~child.bit();
    state.disabled &= ~child.bit();
  }
  // Everyone "ran" before its first yield, which therefore lowers it below nobody.
  states_[child.slot] = State{.ran = ~TaskSet{0}};
  alive_ |= child.bit();
}

bool Fair::is_spinning(State& state, const Operation& operation) {
  if (!may_be_spinning(operation.kind)) {
    state.repeats = 0;
    return false;
  }
  const std::uint64_t what = mix(operation.place, operation.object, operation.offset);
  bool is_repeated = false;
  for (const std::uint64_t recent : state.recent) is_repeated |= recent == what;
  state.recent[state.next_recent++ % kRecent] = what;
  const bool sleeps = operation.kind == StepKind::kSleep;
  if (is_repeated) {
    state.repeats += sleeps ? kSleepCounts : 1;
  } else if (!sleeps) {
    state.repeats = 0;
  }
  if (state.repeats < spinning_) return false;
  state.repeats = 0;
  return true;
}

void Fair::executed(TaskRef task, const Operation& operation) {
  last_ = task;
  has_run_ = true;
  has_yielded_ = is_spinning(states_[task.slot], operation);
  idle_yields_ = may_be_spinning(operation.kind) ? idle_yields_ + has_yielded_ : 0;
  looking_yields_ = operation.kind == StepKind::kUnlock ? 0 : idle_yields_ == 0 ? 0 : looking_yields_ + has_yielded_;
  if (operation.kind == StepKind::kExit) alive_ &= ~task.bit();
}

Fair::Idle Fair::idle() {
  if (idle_yields_ < kIdle) return Idle::kNot;
  const Idle result = looking_yields_ < kIdle ? Idle::kTriesAndReleases : Idle::kOnlyLooks;
  idle_yields_ = looking_yields_ = 0;
  return result;
}

// The step of the last task, now that it is known whom it left enabled.
void Fair::account(TaskSet enabled) {
  State& own = states_[last_.slot];
  own.disabled |= enabled_ & ~enabled;
  for (TaskSet left = alive_; left != 0; left &= left - 1) {
    State& state = states_[__builtin_ctzll(left)];
    state.below &= ~last_.bit();
    state.enabled &= enabled;
    state.ran |= last_.bit();
  }
  if (!has_yielded_) return;
  own.below |= (own.enabled | own.disabled) & ~own.ran;
  own.enabled = enabled;
  own.disabled = own.ran = 0;
}

TaskSet Fair::allowed(TaskSet enabled) {
  if (has_run_) account(enabled);
  has_run_ = false;
  enabled_ = enabled;
  // `below` has no cycle: a task gets tasks above it only just after it ran, when it is above nobody.
  TaskSet result = enabled;
  for (TaskSet left = enabled; left != 0; left &= left - 1) {
    const int slot = __builtin_ctzll(left);
    if ((states_[slot].below & enabled) != 0) result &= ~(TaskSet{1} << slot);
  }
  return result;
}

}  // namespace jitterlab
