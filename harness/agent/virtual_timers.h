// Timers of controlled executions: alarm, setitimer and timer_create in virtual time. They lie in the control area, as
// tasks that nobody runs: where a timer is among those that could go on, and is chosen, whoever has the baton sends its
// signal, moves the clock and chooses again. With adversarial time (Controlled::slow_others) one that is set can expire
// at every step, else when the clock has reached it; while a timer exists, every step takes a little time. One that is
// due is not put off for ever, whatever the strategy.
#pragma once

#include <cstdint>

#include "agent/control_area.h"

namespace jitterlab {

enum class TimerKind : std::int32_t { kReal, kVirtual, kProfiling, kPosix, kDescriptor, kAnyStep };

// The interval timer of the calling process, or -1.
int find_interval_timer(TimerKind kind);
// A timer of the calling process that is not set yet.
int create_timer(const VirtualTimer& timer);
// Whether a number from the program names a timer_create timer of the calling process.
bool is_own_timer(int slot);

// deadline 0: it is not set any more.
void set_timer(int slot, std::uint64_t deadline, std::uint64_t interval);
struct TimeLeft {
  std::uint64_t left = 0, interval = 0;  // left 0: it is not set
  std::int32_t clock = 0;
};
TimeLeft time_left(int slot);

// Of a timer that is set: whether it may expire now; whether it must.
bool may_expire(const ControlledTask& timer);
bool must_expire(const ControlledTask& timer);
// A step was taken.
void count_steps_of_timers();

// Of timerfd: how often it has expired since this was last asked; it is exact, whether or not the timer was chosen.
std::uint64_t take_expirations(int slot);
// Another process has its descriptor, too; the calling one has closed its own. It ends with the last of them.
void timer_is_lent(int slot, std::int32_t pid);
void timer_was_left(int slot);
// Its process has ended; true when it goes on as another's.
bool goes_on_with_another(ControlledTask& timer);
// It has expired and nobody has noticed: that it expires again changes nothing.
bool expires_unnoticed(const ControlledTask& timer);

// Sends the signal and sets the timer again, if it has an interval. False: its process does not exist any more.
bool expire_timer(ControlledTask& timer);

// Whether a timer of the calling process should have expired by now.
bool own_timer_is_due();

}  // namespace jitterlab
