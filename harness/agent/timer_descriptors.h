// timerfd in controlled executions: an eventfd, whose count grows when the virtual clock has come to the timer's time.
//
// Only a process that has the descriptor can write to it. So an expiry is first noted in the control area, and whoever
// looks at descriptors (a probe, a call that does not wait) writes what was noted before it looks. The kernel's poll(),
// select() and epoll then tell the truth.
#pragma once

#include <cstdint>

namespace jitterlab {

// Before any look at a descriptor of the calling process.
void publish_expirations();

// A descriptor of the calling process gets another number as well, or is closed.
void timer_was_duplicated(int from, int to);
void timer_was_closed(int fd);
void timers_were_closed(unsigned first, unsigned last);

// The calling process has made this child, which has its descriptors.
void lend_timers(std::int32_t child);

}  // namespace jitterlab
