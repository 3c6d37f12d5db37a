// Time in controlled executions: it passes when everybody waits, and a little with every look at a clock.
#pragma once

#include <ctime>

#include "agent/baton.h"

namespace jitterlab {

// What the clocks show at the start: the same in every execution. Seconds.
inline constexpr std::uint64_t kWallStart = 1'767'225'600;  // 2026-01-01 00:00 UTC
inline constexpr std::uint64_t kMonotonicStart = 1'000;
inline constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

// The virtual clock on which a span, or a time of day, ends. Never 0.
std::uint64_t deadline_after(const timespec& length);
std::uint64_t deadline_at(clockid_t clock, const timespec& time);

// What a clock shows now.
// virtual_clock() for the program: from then on it may do something else than before.
std::uint64_t told_clock();
timespec now_on(clockid_t clock);

}  // namespace jitterlab
