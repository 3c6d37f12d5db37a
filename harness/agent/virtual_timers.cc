#include "agent/virtual_timers.h"

#include <signal.h>

#include <cerrno>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/task.h"

namespace jitterlab {
namespace {

Controlled& area() { return control_area->controlled; }
ControlledTask& task_in(int slot) { return area().tasks[slot & (kMaxTasks - 1)]; }

// A program that never waits still sees its timers expire: so many steps last as long as any time does.
constexpr std::uint32_t kLongestSteps = 2000;
constexpr std::uint32_t kMostDueSteps = 100;

bool is_due(const ControlledTask& timer) {
  return timer.wait.deadline <= area().clock || timer.timer.steps >= kLongestSteps;
}

bool is_descriptor(const ControlledTask& timer) { return timer.timer.kind == static_cast<int>(TimerKind::kDescriptor); }

// Times that have passed by now are counted.
void catch_up(ControlledTask& timer) {
  const std::uint64_t now = area().clock, deadline = timer.wait.deadline, interval = timer.timer.interval;
  if (deadline == 0 || deadline > now) return;
  const std::uint64_t times = interval == 0 ? 1 : 1 + (now - deadline) / interval;
  timer.timer.expirations += times;
  timer.wait.deadline = interval == 0 ? 0 : deadline + times * interval;
}

template <typename Condition>
int find_own(Condition condition) {
  const std::int32_t pid = task_in(this_task.slot).pid;
  for (std::uint32_t i = 0; area().timer_count > 0 && i < area().task_count; ++i) {
    const int slot = area().order[i];
    const ControlledTask& task = task_in(slot);
    if (task.is_timer && task.pid == pid && condition(slot, task)) return slot;
  }
  return -1;
}

long send(const ControlledTask& timer) {
  siginfo_t information{};
  information.si_signo = timer.timer.signal;
  information.si_code = SI_TIMER;
  information.si_value.sival_ptr = reinterpret_cast<void*>(timer.timer.value);
  if (timer.timer.tid != 0)
    return kernel(SYS_rt_tgsigqueueinfo, timer.pid, timer.timer.tid, timer.timer.signal, kernel_pointer(&information));
  return kernel(SYS_rt_sigqueueinfo, timer.pid, timer.timer.signal, kernel_pointer(&information));
}

}  // namespace

int find_interval_timer(TimerKind kind) {
  return find_own([kind](int, const ControlledTask& task) { return task.timer.kind == static_cast<int>(kind); });
}

int create_timer(const VirtualTimer& timer) {
  const int slot = create_slot(this_task.id, next_child(), false);
  ControlledTask& task = task_in(slot);
  task.is_timer = true;
  task.timer = timer;
  task.pid = static_cast<std::int32_t>(kernel(SYS_getpid));
  task.process = process_of(task.pid);
  task.operation = Operation{.kind = StepKind::kSignal, .is_write = true, .object = task.process};
  if (is_descriptor(task)) task.operation = Operation{.kind = StepKind::kObject, .is_write = true};
  task.wait.what = WaitFor::kNever;
  ++area().timer_count;
  return slot;
}

bool is_own_timer(int wanted) {
  return find_own([wanted](int slot, const ControlledTask& task) {
           return slot == wanted && task.timer.kind == static_cast<int>(TimerKind::kPosix);
         }) >= 0;
}

void set_timer(int slot, std::uint64_t deadline, std::uint64_t interval) {
  ControlledTask& task = task_in(slot);
  task.wait.deadline = deadline;
  task.timer.interval = interval;
  task.timer.must_wait = false;
  task.timer.expirations = 0;
  task.timer.steps = task.timer.due_steps = 0;
}

TimeLeft time_left(int slot) {
  const ControlledTask& task = task_in(slot);
  if (task.wait.deadline == 0) return {.clock = task.timer.clock};
  const std::uint64_t now = area().clock;
  return {task.wait.deadline > now ? task.wait.deadline - now : 1, task.timer.interval, task.timer.clock};
}

bool may_expire(const ControlledTask& timer) {
  // One that expires again and again, whenever somebody has read it, would let that one never wait for the others.
  const bool comes_early = area().slow_others && !(is_descriptor(timer) && timer.timer.interval != 0);
  return timer.wait.deadline != 0 && !timer.timer.must_wait && (comes_early || is_due(timer));
}

bool must_expire(const ControlledTask& timer) {
  if (timer.timer.kind == static_cast<int>(TimerKind::kAnyStep)) return false;
  return may_expire(timer) && is_due(timer) && timer.timer.due_steps >= kMostDueSteps;
}

void count_steps_of_timers() {
  for (std::uint32_t i = 0; area().timer_count > 0 && i < area().task_count; ++i) {
    ControlledTask& task = task_in(area().order[i]);
    if (!task.is_timer || task.wait.deadline == 0 || task.timer.must_wait) continue;
    ++task.timer.steps;
    if (is_due(task)) ++task.timer.due_steps;
  }
}

std::uint64_t take_expirations(int slot) {
  ControlledTask& timer = task_in(slot);
  catch_up(timer);
  const std::uint64_t count = timer.timer.expirations;
  timer.timer.expirations = 0;
  return count;
}

void timer_is_lent(int slot, std::int32_t pid) {
  for (std::int32_t& holder : task_in(slot).timer.holders) {
    if (holder != 0) continue;
    holder = pid;
    return;
  }
}

void timer_was_left(int slot) {
  ControlledTask& timer = task_in(slot);
  const auto pid = static_cast<std::int32_t>(kernel(SYS_getpid));
  for (std::int32_t& holder : timer.timer.holders) {
    if (holder == pid) holder = 0;
  }
  if (timer.pid == pid && !goes_on_with_another(timer)) drop_slot(slot);
}

bool goes_on_with_another(ControlledTask& timer) {
  if (!timer.is_timer || !is_descriptor(timer)) return false;
  for (std::int32_t& holder : timer.timer.holders) {
    if (holder == 0 || kernel(SYS_kill, holder, 0) == -ESRCH) continue;
    timer.pid = holder;
    holder = 0;
    return true;
  }
  return false;
}

bool expires_unnoticed(const ControlledTask& timer) {
  return timer.is_timer && is_descriptor(timer) && timer.timer.expirations > 0;
}

bool expire_timer(ControlledTask& timer) {
  if (is_descriptor(timer)) {
    if (kernel(SYS_kill, timer.pid, 0) == -ESRCH && !goes_on_with_another(timer)) return false;
    catch_up(timer);
    timer.timer.must_wait = true;
    timer.timer.steps = timer.timer.due_steps = 0;
    return true;
  }
  if (timer.timer.signal != 0 && send(timer) == -ESRCH) return false;
  timer.wait.deadline = timer.timer.interval == 0 ? 0 : area().clock + timer.timer.interval;
  timer.timer.must_wait = true;
  timer.timer.steps = timer.timer.due_steps = 0;
  return true;
}

bool own_timer_is_due() {
  return find_own([](int, const ControlledTask& task) {
           return task.wait.deadline != 0 && task.wait.deadline <= area().clock && !task.timer.must_wait;
         }) >= 0;
}

}  // namespace jitterlab
