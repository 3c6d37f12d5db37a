// Condition variables and barriers: pthread and C11.
//
// Under control they are ours: who waits is a list in the control area, in the order in which the waits began, and the
// real objects never have a waiter. A wait that ends by a signal ends for no other reason: wake-ups out of nothing,
// which POSIX allows, are not made up. glibc wakes in no promised order; ours is first come, first served, and who
// comes first is the strategy's choice.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <climits>

#include "agent/baton.h"
#include "agent/locks.h"
#include "agent/one_process.h"
#include "agent/python.h"
#include "agent/shared_memory.h"
#include "agent/virtual_time.h"
#include "agent/wrap.h"
#include "schedule/mix.h"

using namespace jitterlab;

namespace {

Step step_on(StepKind kind, const void* address, const void* pc, Call call = Call::kNone,
             std::size_t size = sizeof(pthread_cond_t)) {
  return Step{.kind = kind, .object = object_of(address), .address = address, .size = size, .pc = pc, .call = call};
}

std::uint64_t key_of(const void* address) {
  const Location location = shared_memory.locate(address);
  return mix(location.object, location.offset);
}

std::uint64_t waiters_key(const void* condition) {
  return is_for_one_process(static_cast<const pthread_cond_t*>(condition)) ? sleepers_key(condition)
                                                                           : key_of(condition);
}

// As pthread_cond_timedwait. `deadline` 0: none.
int wait_in_steps(const void* condition, pthread_mutex_t* mutex, std::uint64_t deadline, const void* pc) {
  // Asking to wait is a step; giving the mutex back and waiting is one operation.
  step(step_on(StepKind::kWait, condition, pc, Call::kConditionWait));
  const Location lock = shared_memory.locate(mutex);
  note_result(packed_place(lock.object, lock.offset));
  if (const int error = unlock_and_wake(mutex)) return error;
  note(Step{.kind = StepKind::kUnlock, .address = mutex, .size = sizeof(int), .is_write = true, .pc = pc});
  note_unlock(lock.object, lock.offset);
  Wait wait;
  wait.what = WaitFor::kFutex;
  wait.key = waiters_key(condition);
  wait.deadline = deadline;
  wait.on_cancel = OnCancel::kReturns;
  Step waiting = step_on(StepKind::kWait, condition, pc, Call::kConditionWoken);
  Resumed resumed = step_and_wait(waiting, wait);
  const bool timed_out = resumed.outcome == Outcome::kTimedOut;
  // A handler ran: POSIX lets the wait go on or end as if it had been woken. Here it ends.
  const int locked = lock_in_steps(mutex, 0, pc);
  if (resumed.outcome == Outcome::kCancelled) end_if_cancelled();
  return locked != 0 ? locked : timed_out ? ETIMEDOUT : 0;
}

int wake_in_steps(const void* condition, int most, const void* pc) {
  step(step_on(StepKind::kUnlock, condition, pc, most == 1 ? Call::kConditionSignal : Call::kConditionBroadcast));
  note_result(static_cast<std::uint64_t>(wake_futex(waiters_key(condition), most, ~0u)));
  return 0;
}

// pthread_condattr_setclock is kept in the lowest bits of the second word of glibc's condition variable.
clockid_t clock_of(const pthread_cond_t* condition) {
  constexpr unsigned kClockBit = 2;
  return (condition->__data.__wrefs & kClockBit) != 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

pthread_mutex_t* mutex_of(mtx_t* lock) { return reinterpret_cast<pthread_mutex_t*>(lock); }

// The first words of glibc's barrier.
struct BarrierWords {
  unsigned in, round, count, shared, out;
};

int meet_in_steps(pthread_barrier_t* barrier, const void* pc) {
  step(step_on(StepKind::kWait, barrier, pc, Call::kBarrierWait, sizeof *barrier));
  const std::uint64_t key = key_of(barrier);
  const auto count = reinterpret_cast<const BarrierWords*>(barrier)->count;
  if (static_cast<unsigned>(waiters_of_futex(key)) + 1 >= count) {
    wake_futex(key, INT_MAX, ~0u);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  Wait wait;
  wait.what = WaitFor::kFutex;
  wait.key = key;
  while (step_and_wait(step_on(StepKind::kWait, barrier, pc, Call::kBarrierPassed, sizeof *barrier), wait).outcome !=
         Outcome::kGo)
    continue;
  return 0;
}

}  // namespace

JITTERLAB_REPLACE(int, pthread_cond_wait, (pthread_cond_t * condition, pthread_mutex_t* lock)) {
  if (is_controlled()) return wait_in_steps(condition, lock, 0, __builtin_return_address(0));
  step(step_on(StepKind::kWait, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(pthread_cond_wait)(condition, lock);
}
JITTERLAB_REPLACE(int, pthread_cond_timedwait,
                  (pthread_cond_t * condition, pthread_mutex_t* lock, const timespec* until)) {
  if (is_of_interpreter(condition)) {
    return is_controlled() ? await_interpreter(lock, __builtin_return_address(0))
                           : JITTERLAB_REAL(pthread_cond_timedwait)(condition, lock, until);
  }
  if (is_controlled())
    return wait_in_steps(condition, lock, deadline_at(clock_of(condition), *until), __builtin_return_address(0));
  step(step_on(StepKind::kWait, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(pthread_cond_timedwait)(condition, lock, until);
}
JITTERLAB_REPLACE(int, pthread_cond_clockwait,
                  (pthread_cond_t * condition, pthread_mutex_t* lock, clockid_t clock, const timespec* until)) {
  if (is_controlled()) return wait_in_steps(condition, lock, deadline_at(clock, *until), __builtin_return_address(0));
  step(step_on(StepKind::kWait, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(pthread_cond_clockwait)(condition, lock, clock, until);
}
JITTERLAB_REPLACE(int, pthread_cond_signal, (pthread_cond_t * condition)) {
  if (is_of_interpreter(condition)) return JITTERLAB_REAL(pthread_cond_signal)(condition);
  if (is_controlled()) return wake_in_steps(condition, 1, __builtin_return_address(0));
  step(step_on(StepKind::kUnlock, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(pthread_cond_signal)(condition);
}
JITTERLAB_REPLACE(int, pthread_cond_broadcast, (pthread_cond_t * condition)) {
  if (is_controlled()) return wake_in_steps(condition, INT_MAX, __builtin_return_address(0));
  step(step_on(StepKind::kUnlock, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(pthread_cond_broadcast)(condition);
}

JITTERLAB_REPLACE(int, cnd_wait, (cnd_t * condition, mtx_t* lock)) {
  if (is_controlled())
    return wait_in_steps(condition, mutex_of(lock), 0, __builtin_return_address(0)) == 0 ? thrd_success : thrd_error;
  step(step_on(StepKind::kWait, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(cnd_wait)(condition, lock);
}
JITTERLAB_REPLACE(int, cnd_timedwait, (cnd_t * condition, mtx_t* lock, const timespec* until)) {
  if (is_controlled()) {
    const int error =
        wait_in_steps(condition, mutex_of(lock), deadline_at(CLOCK_REALTIME, *until), __builtin_return_address(0));
    return error == 0 ? thrd_success : error == ETIMEDOUT ? thrd_timedout : thrd_error;
  }
  step(step_on(StepKind::kWait, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(cnd_timedwait)(condition, lock, until);
}
JITTERLAB_REPLACE(int, cnd_signal, (cnd_t * condition)) {
  if (is_controlled()) return wake_in_steps(condition, 1, __builtin_return_address(0));
  step(step_on(StepKind::kUnlock, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(cnd_signal)(condition);
}
JITTERLAB_REPLACE(int, cnd_broadcast, (cnd_t * condition)) {
  if (is_controlled()) return wake_in_steps(condition, INT_MAX, __builtin_return_address(0));
  step(step_on(StepKind::kUnlock, condition, __builtin_return_address(0)));
  return JITTERLAB_REAL(cnd_broadcast)(condition);
}

JITTERLAB_REPLACE(int, pthread_barrier_wait, (pthread_barrier_t * barrier)) {
  if (is_controlled()) return meet_in_steps(barrier, __builtin_return_address(0));
  step(step_on(StepKind::kWait, barrier, __builtin_return_address(0)));
  return JITTERLAB_REAL(pthread_barrier_wait)(barrier);
}
