#include "agent/virtual_time.h"

#include "agent/task.h"

namespace jitterlab {
namespace {

// Where a clock stood when the virtual one was 0, in nanoseconds. Clocks of processor time start with it.
std::uint64_t start_of(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
      return kWallStart * kNanosecondsPerSecond;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
      return kMonotonicStart * kNanosecondsPerSecond;
    default:
      return 0;
  }
}

std::uint64_t nanoseconds(const timespec& time) {
  if (time.tv_sec < 0) return 0;
  // Far enough away for any program, and far from an overflow.
  const std::uint64_t seconds = time.tv_sec > 4'000'000'000 ? 4'000'000'000 : static_cast<std::uint64_t>(time.tv_sec);
  return seconds * kNanosecondsPerSecond + static_cast<std::uint64_t>(time.tv_nsec);
}

}  // namespace

std::uint64_t deadline_after(const timespec& length) { return virtual_clock() + nanoseconds(length); }

std::uint64_t deadline_at(clockid_t clock, const timespec& time) {
  const std::uint64_t start = start_of(clock), wanted = nanoseconds(time);
  return wanted > start ? wanted - start : 1;
}

std::uint64_t told_clock() {
  this_task.has_seen_time = true;
  return virtual_clock();
}

timespec now_on(clockid_t clock) {
  const std::uint64_t now = start_of(clock) + told_clock();
  return {static_cast<time_t>(now / kNanosecondsPerSecond), static_cast<long>(now % kNanosecondsPerSecond)};
}

}  // namespace jitterlab
