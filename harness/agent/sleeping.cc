// Giving up the processor for a time. The time itself is real.
#include <sched.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "agent/wrap.h"

using namespace jitterlab;

JITTERLAB_WRAP(unsigned, sleep, (unsigned seconds), (seconds), kSleep, nullptr)
JITTERLAB_WRAP(int, usleep, (useconds_t microseconds), (microseconds), kSleep, nullptr)
JITTERLAB_WRAP(int, nanosleep, (const timespec* length, timespec* left), (length, left), kSleep, nullptr)
JITTERLAB_WRAP(int, clock_nanosleep, (clockid_t clock, int flags, const timespec* length, timespec* left),
               (clock, flags, length, left), kSleep, nullptr)
JITTERLAB_WRAP(int, thrd_sleep, (const timespec* length, timespec* left), (length, left), kSleep, nullptr)
JITTERLAB_WRAP(int, sched_yield, (), (), kSleep, nullptr)
JITTERLAB_WRAP(void, thrd_yield, (), (), kSleep, nullptr)
