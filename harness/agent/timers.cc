// Timers that send signals, in virtual time: alarm, setitimer, timer_create. Those that count processor time count all
// of it. In jitter executions they are the kernel's.
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
#include "agent/virtual_timers.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

constexpr std::uint64_t kMicrosecond = 1000;

std::uint64_t oneself() { return is_controlled() ? this_task.id : 0; }

int failed(int error) {
  errno = error;
  return -1;
}

std::uint64_t nanoseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * kNanosecondsPerSecond +
         static_cast<std::uint64_t>(time.tv_usec) * kMicrosecond;
}
std::uint64_t nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * kNanosecondsPerSecond + static_cast<std::uint64_t>(time.tv_nsec);
}
timeval as_timeval(std::uint64_t time) {
  return {static_cast<time_t>(time / kNanosecondsPerSecond),
          static_cast<suseconds_t>(time % kNanosecondsPerSecond / kMicrosecond)};
}
timespec as_timespec(std::uint64_t time) {
  return {static_cast<time_t>(time / kNanosecondsPerSecond), static_cast<long>(time % kNanosecondsPerSecond)};
}

bool is_time(const timeval& time) { return time.tv_sec >= 0 && time.tv_usec >= 0 && time.tv_usec < 1'000'000; }
bool is_time(const timespec& time) {
  return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < static_cast<long>(kNanosecondsPerSecond);
}

// ---- alarm and setitimer -------------------------------------------------------------------------------------------

int signal_of(TimerKind kind) {
  switch (kind) {
    case TimerKind::kVirtual:
      return SIGVTALRM;
    case TimerKind::kProfiling:
      return SIGPROF;
    default:
      return SIGALRM;
  }
}

TimeLeft left_of(TimerKind kind) {
  const int slot = find_interval_timer(kind);
  return slot < 0 ? TimeLeft{} : time_left(slot);
}

// `first` 0: it is not to expire any more.
void set_interval_timer(TimerKind kind, std::uint64_t first, std::uint64_t interval) {
  int slot = find_interval_timer(kind);
  if (slot < 0 && first == 0) return;
  if (slot < 0) slot = create_timer({.kind = static_cast<std::int32_t>(kind), .signal = signal_of(kind)});
  set_timer(slot, first == 0 ? 0 : virtual_clock() + first, interval);
}

bool kind_of(int which, TimerKind& kind) {
  if (which < ITIMER_REAL || which > ITIMER_PROF) return false;
  kind = which == ITIMER_REAL      ? TimerKind::kReal
         : which == ITIMER_VIRTUAL ? TimerKind::kVirtual
                                   : TimerKind::kProfiling;
  return true;
}

itimerval as_itimerval(const TimeLeft& left) { return {as_timeval(left.interval), as_timeval(left.left)}; }

}  // namespace

JITTERLAB_REPLACE(unsigned, alarm, (unsigned seconds)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kTimer);
  if (!is_controlled()) return JITTERLAB_REAL(alarm)(seconds);
  const TimeLeft before = left_of(TimerKind::kReal);
  set_interval_timer(TimerKind::kReal, seconds * kNanosecondsPerSecond, 0);
  if (before.left == 0) return 0;
  // Rounded, but never to 0, which means that there was none.
  const std::uint64_t rounded = (before.left + kNanosecondsPerSecond / 2) / kNanosecondsPerSecond;
  return rounded == 0 ? 1 : static_cast<unsigned>(rounded);
}

JITTERLAB_REPLACE(useconds_t, ualarm, (useconds_t first, useconds_t interval)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kTimer);
  if (!is_controlled()) return JITTERLAB_REAL(ualarm)(first, interval);
  const TimeLeft before = left_of(TimerKind::kReal);
  set_interval_timer(TimerKind::kReal, first * kMicrosecond, interval * kMicrosecond);
  return static_cast<useconds_t>(before.left / kMicrosecond);
}

JITTERLAB_REPLACE(int, setitimer, (int which, const itimerval* wanted, itimerval* old)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kTimer);
  if (!is_controlled()) return JITTERLAB_REAL(setitimer)(which, wanted, old);
  TimerKind kind;
  const itimerval never{};
  const itimerval& time = wanted != nullptr ? *wanted : never;
  if (!kind_of(which, kind) || !is_time(time.it_value) || !is_time(time.it_interval)) return failed(EINVAL);
  const TimeLeft before = left_of(kind);
  set_interval_timer(kind, nanoseconds(time.it_value), nanoseconds(time.it_interval));
  if (old != nullptr) *old = as_itimerval(before);
  return 0;
}

JITTERLAB_REPLACE(int, getitimer, (int which, itimerval* now)) {
  if (!is_controlled()) return JITTERLAB_REAL(getitimer)(which, now);
  TimerKind kind;
  if (!kind_of(which, kind)) return failed(EINVAL);
  virtual_clock();
  *now = as_itimerval(left_of(kind));
  return 0;
}

// ---- timer_create --------------------------------------------------------------------------------------------------

namespace {

int slot_of(timer_t timer) { return static_cast<int>(reinterpret_cast<std::intptr_t>(timer)) - 1; }
timer_t timer_of(int slot) { return reinterpret_cast<timer_t>(static_cast<std::intptr_t>(slot) + 1); }

itimerspec as_itimerspec(const TimeLeft& left) { return {as_timespec(left.interval), as_timespec(left.left)}; }

}  // namespace

JITTERLAB_REPLACE(int, timer_create, (clockid_t clock, sigevent* event, timer_t* made)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0));
  if (!is_controlled()) return JITTERLAB_REAL(timer_create)(clock, event, made);
  if (event != nullptr && event->sigev_notify == SIGEV_THREAD) {
    note_uncontrolled(Uncontrolled::kTimerThread);
    return failed(ENOTSUP);
  }
  VirtualTimer timer{.kind = static_cast<std::int32_t>(TimerKind::kPosix), .signal = SIGALRM, .clock = clock};
  if (event != nullptr) {
    timer.signal = event->sigev_notify == SIGEV_NONE ? 0 : event->sigev_signo;
    timer.value = reinterpret_cast<std::int64_t>(event->sigev_value.sival_ptr);
    if (event->sigev_notify == SIGEV_THREAD_ID) timer.tid = event->_sigev_un._tid;
    if (timer.signal < 0 || timer.signal > 64) return failed(EINVAL);
  }
  const int slot = create_timer(timer);
  *made = timer_of(slot);
  return 0;
}

JITTERLAB_REPLACE(int, timer_settime, (timer_t timer, int flags, const itimerspec* wanted, itimerspec* old)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0), Call::kTimer);
  if (!is_controlled()) return JITTERLAB_REAL(timer_settime)(timer, flags, wanted, old);
  const int slot = slot_of(timer);
  if (!is_own_timer(slot) || !is_time(wanted->it_value) || !is_time(wanted->it_interval)) return failed(EINVAL);
  const TimeLeft before = time_left(slot);
  const bool absolute = (flags & TIMER_ABSTIME) != 0, never = nanoseconds(wanted->it_value) == 0;
  const std::uint64_t deadline =
      absolute ? deadline_at(time_left(slot).clock, wanted->it_value) : deadline_after(wanted->it_value);
  set_timer(slot, never ? 0 : deadline, nanoseconds(wanted->it_interval));
  if (old != nullptr) *old = as_itimerspec(before);
  return 0;
}

JITTERLAB_REPLACE(int, timer_gettime, (timer_t timer, itimerspec* now)) {
  if (!is_controlled()) return JITTERLAB_REAL(timer_gettime)(timer, now);
  if (!is_own_timer(slot_of(timer))) return failed(EINVAL);
  virtual_clock();
  *now = as_itimerspec(time_left(slot_of(timer)));
  return 0;
}

JITTERLAB_REPLACE(int, timer_getoverrun, (timer_t timer)) {
  if (!is_controlled()) return JITTERLAB_REAL(timer_getoverrun)(timer);
  return is_own_timer(slot_of(timer)) ? 0 : failed(EINVAL);
}

JITTERLAB_REPLACE(int, timer_delete, (timer_t timer)) {
  step_before(StepKind::kSignal, oneself(), __builtin_return_address(0));
  if (!is_controlled()) return JITTERLAB_REAL(timer_delete)(timer);
  if (!is_own_timer(slot_of(timer))) return failed(EINVAL);
  drop_slot(slot_of(timer));
  return 0;
}
