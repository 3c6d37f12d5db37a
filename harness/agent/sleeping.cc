// Giving up the processor for a time, and looking at the clock. In controlled executions time is virtual.
#include <sched.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "agent/baton.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
#include "agent/virtual_timers.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

constexpr std::uint64_t kTicksPerSecond = 100;  // sysconf(_SC_CLK_TCK)

// Sleeps until `deadline`; what is left when a handler interrupts it, else 0. Nanoseconds.
std::uint64_t sleep_until(std::uint64_t deadline, const void* pc) {
  Wait wait;
  wait.what = WaitFor::kNever;
  wait.on_cancel = OnCancel::kEnds;
  wait.deadline = deadline;
  const Resumed resumed = step_and_wait(Step{.kind = StepKind::kSleep, .pc = pc}, wait);
  if (resumed.outcome != Outcome::kInterrupted) return 0;
  const std::uint64_t now = virtual_clock();
  return deadline > now ? deadline - now : 1;
}

timespec span(std::uint64_t nanoseconds) {
  return {static_cast<time_t>(nanoseconds / kNanosecondsPerSecond),
          static_cast<long>(nanoseconds % kNanosecondsPerSecond)};
}

// As nanosleep: 0, or EINTR with what is left.
int controlled_sleep(std::uint64_t deadline, timespec* left, const void* pc) {
  const std::uint64_t rest = sleep_until(deadline, pc);
  if (rest == 0) return 0;
  if (left != nullptr) *left = span(rest);
  return EINTR;
}

int failed_with(int error) {
  if (error == 0) return 0;
  errno = error;
  return -1;
}

bool is_length(const timespec* length) {
  return length != nullptr && length->tv_sec >= 0 && length->tv_nsec >= 0 &&
         length->tv_nsec < static_cast<long>(kNanosecondsPerSecond);
}

void yield(const void* pc) { step(Step{.kind = StepKind::kSleep, .pc = pc, .is_yield = true, .call = Call::kYield}); }

}  // namespace

JITTERLAB_REPLACE(unsigned, sleep, (unsigned seconds)) {
  const void* pc = __builtin_return_address(0);
  if (is_controlled()) {
    const std::uint64_t rest = sleep_until(deadline_after({static_cast<time_t>(seconds), 0}), pc);
    return static_cast<unsigned>((rest + kNanosecondsPerSecond - 1) / kNanosecondsPerSecond);
  }
  step_before(StepKind::kSleep, 0, pc);
  return JITTERLAB_REAL(sleep)(seconds);
}

JITTERLAB_REPLACE(int, usleep, (useconds_t microseconds)) {
  const void* pc = __builtin_return_address(0);
  if (is_controlled())
    return failed_with(controlled_sleep(deadline_after(span(std::uint64_t{microseconds} * 1000)), nullptr, pc));
  step_before(StepKind::kSleep, 0, pc);
  return JITTERLAB_REAL(usleep)(microseconds);
}

JITTERLAB_REPLACE(int, nanosleep, (const timespec* length, timespec* left)) {
  const void* pc = __builtin_return_address(0);
  if (is_controlled() && is_length(length)) return failed_with(controlled_sleep(deadline_after(*length), left, pc));
  step_before(StepKind::kSleep, 0, pc);
  return JITTERLAB_REAL(nanosleep)(length, left);
}

JITTERLAB_REPLACE(int, clock_nanosleep, (clockid_t clock, int flags, const timespec* length, timespec* left)) {
  const void* pc = __builtin_return_address(0);
  if (is_controlled() && is_length(length)) {
    const bool absolute = (flags & TIMER_ABSTIME) != 0;
    return controlled_sleep(absolute ? deadline_at(clock, *length) : deadline_after(*length), absolute ? nullptr : left,
                            pc);
  }
  step_before(StepKind::kSleep, 0, pc);
  return JITTERLAB_REAL(clock_nanosleep)(clock, flags, length, left);
}

JITTERLAB_REPLACE(int, thrd_sleep, (const timespec* length, timespec* left)) {
  const void* pc = __builtin_return_address(0);
  if (is_controlled() && is_length(length)) return controlled_sleep(deadline_after(*length), left, pc) == 0 ? 0 : -1;
  step_before(StepKind::kSleep, 0, pc);
  return JITTERLAB_REAL(thrd_sleep)(length, left);
}

JITTERLAB_REPLACE(int, sched_yield, ()) {
  yield(__builtin_return_address(0));
  return is_controlled() ? 0 : JITTERLAB_REAL(sched_yield)();
}

JITTERLAB_REPLACE(void, thrd_yield, ()) {
  yield(__builtin_return_address(0));
  if (!is_controlled()) JITTERLAB_REAL(thrd_yield)();
}

namespace {

// No step, since it concerns nobody else; unless a timer of ours has expired meanwhile.
void look_at_clock(const void* pc) {
  if (own_timer_is_due()) step_before(StepKind::kOther, this_task.id, pc);
}

}  // namespace

JITTERLAB_REPLACE(int, clock_gettime, (clockid_t clock, timespec* now)) {
  if (!is_controlled() || this_task.busy || now == nullptr) return JITTERLAB_REAL(clock_gettime)(clock, now);
  look_at_clock(__builtin_return_address(0));
  *now = now_on(clock);
  return 0;
}

JITTERLAB_REPLACE(int, gettimeofday, (timeval * now, void* zone)) {
  if (!is_controlled() || this_task.busy || now == nullptr) return JITTERLAB_REAL(gettimeofday)(now, zone);
  look_at_clock(__builtin_return_address(0));
  const timespec time = now_on(CLOCK_REALTIME);
  *now = {time.tv_sec, time.tv_nsec / 1000};
  return 0;
}

JITTERLAB_REPLACE(time_t, time, (time_t * now)) {
  if (!is_controlled()) return JITTERLAB_REAL(time)(now);
  look_at_clock(__builtin_return_address(0));
  const time_t seconds = now_on(CLOCK_REALTIME).tv_sec;
  if (now != nullptr) *now = seconds;
  return seconds;
}

JITTERLAB_REPLACE(int, timespec_get, (timespec * now, int base)) {
  if (!is_controlled() || base != TIME_UTC) return JITTERLAB_REAL(timespec_get)(now, base);
  *now = now_on(CLOCK_REALTIME);
  return base;
}

JITTERLAB_REPLACE(clock_t, clock, ()) {
  if (!is_controlled()) return JITTERLAB_REAL(clock)();
  look_at_clock(__builtin_return_address(0));
  return static_cast<clock_t>(told_clock() / (kNanosecondsPerSecond / CLOCKS_PER_SEC));
}

// Processor time is the time since the start, all of it spent by the program itself.
JITTERLAB_REPLACE(clock_t, times, (tms * spent)) {
  if (!is_controlled()) return JITTERLAB_REAL(times)(spent);
  look_at_clock(__builtin_return_address(0));
  const auto ticks = static_cast<clock_t>(told_clock() / (kNanosecondsPerSecond / kTicksPerSecond));
  if (spent != nullptr) *spent = {ticks, 0, 0, 0};
  return static_cast<clock_t>(kMonotonicStart * kTicksPerSecond) + ticks;
}

JITTERLAB_REPLACE(int, getrusage, (int who, rusage* usage)) {
  const int result = JITTERLAB_REAL(getrusage)(who, usage);
  if (!is_controlled() || result != 0) return result;
  const timespec now = span(told_clock());
  usage->ru_utime = {now.tv_sec, now.tv_nsec / 1000};
  usage->ru_stime = {};
  return 0;
}
