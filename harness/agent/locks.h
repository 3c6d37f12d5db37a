// Locks of pthread, for those who lock on the program's behalf.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace jitterlab {

// Locks as pthread_mutex_lock does, in steps where the execution is controlled. `deadline`: virtual nanoseconds, 0:
// none; ETIMEDOUT when it has come.
int lock_in_steps(pthread_mutex_t* mutex, std::uint64_t deadline, const void* pc);

// Gives it back, without a step, and wakes who sleeps in it (one_process.h).
int unlock_and_wake(pthread_mutex_t* mutex);

}  // namespace jitterlab
