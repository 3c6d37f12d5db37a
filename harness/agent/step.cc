// The one place where a task is held up. Jitter: a delay drawn from (seed, task, step). Controlled: until the strategy
// chooses the task (baton.cc). Nothing else in the agent knows what happens at a step.
#include "agent/step.h"

#include <sys/prctl.h>

#include <ctime>

#include "agent/access.h"
#include "agent/faults.h"
#include "agent/kernel.h"
#include "agent/shared_memory.h"
#include "agent/task.h"

namespace jitterlab {
namespace {

constexpr std::uint32_t kCountTogether = 64;
constexpr std::uint64_t kSecond = 1'000'000'000;

// A student's handler that interrupts the sleep must take effect at once: the rest is not slept.
void delay(std::uint64_t nanoseconds) {
  timespec length{static_cast<time_t>(nanoseconds / kSecond), static_cast<long>(nanoseconds % kSecond)};
  // The kernel rounds sleeps by 50 µs otherwise, more than the shortest delay. 0 restores the default.
  kernel(SYS_prctl, PR_SET_TIMERSLACK, 1);
  kernel(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, kernel_pointer(&length), 0);
  kernel(SYS_prctl, PR_SET_TIMERSLACK, 0);
}

// The number of this step. Counted in the control area, where it survives exec; only the task itself writes it.
std::uint64_t count_step(Task& task, StepKind kind) {
  const std::uint64_t number = task.entry->steps.load(std::memory_order_relaxed);
  task.entry->steps.store(number + 1, std::memory_order_relaxed);
  // All tasks add to one counter: accesses, which come by the million, do so in lots.
  if (++task.uncounted >= kCountTogether || kind > StepKind::kAtomic) {
    control_area->steps.fetch_add(task.uncounted, std::memory_order_relaxed);
    task.uncounted = 0;
  }
  return number;
}

// Memory is named by what it belongs to: processes see the same segment at different addresses.
Step located(Step step) {
  if (step.address == nullptr) return step;
  const Location location = shared_memory.locate(step.address);
  step.object = location.object;
  step.offset = location.offset;
  return step;
}

}  // namespace

void begin_task(bool is_new, const void* pc) {
  if (this_task.entry == nullptr) return;
  if (control_area->mode == ControlMode::kControlled) {
    count_step(this_task, StepKind::kStart);
    arrive(is_new);
  } else if (is_new) {
    step(Step{.kind = StepKind::kStart, .pc = pc});
  }
}

void step(const Step& step) {
  Task& task = this_task;
  if (task.entry == nullptr || is_vfork_child()) return;
  if (task.entry->tid.load(std::memory_order_relaxed) != task.tid && !find_lost_identity()) return;
  const std::uint64_t number = count_step(task, step.kind);
  if (control_area->mode == ControlMode::kControlled) {
    if (task.slot >= 0) controlled_step(located(step), Wait{});
    return;
  }
  if (task.busy) return;
  count_down_to_signals();
  if (const std::uint64_t wait = jitter_delay(control_area->seed, task.id, number, step.kind)) delay(wait);
}

void step_if_atomic_is_shared(const volatile void* address, std::size_t size, const void* pc, int effect) {
  if (!shared_memory.contains_atomic(address)) return;
  step(Step{.kind = StepKind::kAtomic,
            .address = const_cast<const void*>(address),
            .size = size,
            .is_write = true,
            .pc = pc,
            .effect = static_cast<std::uint8_t>(effect)});
}

void step_if_shared(const volatile void* address, std::size_t size, StepKind kind, const void* pc, int effect) {
  if (!shared_memory.contains(address)) return;
  step(Step{.kind = kind,
            .address = const_cast<const void*>(address),
            .size = size,
            .is_write = kind != StepKind::kRead,
            .pc = pc,
            .effect = static_cast<std::uint8_t>(effect)});
}

void note(const Step& what) {
  if (is_controlled() && !this_task.busy && !is_vfork_child()) note_in_trace(located(what));
}

void note_detail(std::uint64_t detail) {
  if (is_controlled() && !this_task.busy && !is_vfork_child()) note_detail_in_trace(detail);
}

Resumed step_and_wait(const Step& one, const Wait& wait) {
  if (is_controlled() && !is_vfork_child() && this_task.entry->tid.load(std::memory_order_relaxed) == this_task.tid) {
    count_step(this_task, one.kind);
    return controlled_step(located(one), wait);
  }
  step(one);
  return {};
}

}  // namespace jitterlab
