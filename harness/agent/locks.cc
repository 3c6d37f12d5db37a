// Mutexes, read-write locks, spin locks and once: pthread, and C11, whose types are the same ones in glibc.
//
// Under control a lock is looked at before it is asked for: its memory tells whether the real call would block. The
// layouts are glibc's, which programs are compiled against, so they cannot change; tests/agent/locks_test.cc holds them
// against the real functions. The real call then takes the lock without waiting.
#include "agent/locks.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <threads.h>

#include <cerrno>

#include "agent/baton.h"
#include "agent/one_process.h"
#include "agent/python.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

Step lock_step(StepKind kind, const void* address, std::size_t size, const void* pc, Call call) {
  return Step{.kind = kind, .object = object_of(address), .address = address, .size = size, .pc = pc, .call = call};
}

// ---- mutexes -------------------------------------------------------------------------------------------------------

struct MutexProbe {
  const pthread_mutex_t* mutex;
  std::int32_t tid;
};

// A lock with a priority ceiling has that in its upper bits; of the others, the lower ones are 1 or 2, or its owner's
// thread id. Of a robust lock whose owner has died, the kernel has cleared that.
bool is_unlocked(const pthread_mutex_t* mutex) {
  constexpr int kHasCeiling = 64;  // in __kind
  constexpr unsigned kCeiling = 0xfff80000;
  const auto word = static_cast<unsigned>(mutex->__data.__lock);
  return (word & ((mutex->__data.__kind & kHasCeiling) != 0 ? ~kCeiling : unsigned{FUTEX_TID_MASK})) == 0;
}

// Free, or the caller's own in a way that its kind answers at once (recursive, with error checks).
bool mutex_is_free(const void* argument) {
  const auto& probe = *static_cast<const MutexProbe*>(argument);
  const auto& data = probe.mutex->__data;
  if (is_unlocked(probe.mutex)) return true;
  const int kind = data.__kind & 3;
  return data.__owner == probe.tid && (kind == PTHREAD_MUTEX_RECURSIVE || kind == PTHREAD_MUTEX_ERRORCHECK);
}

// Of a mutex that wakes those of its own process only: it is found taken before it is given back, and slept on.
bool may_lock_of_one_process(const MutexProbe& probe, std::uint64_t deadline, const void* pc) {
  for (;;) {
    step(lock_step(StepKind::kLock, probe.mutex, sizeof(int), pc, Call::kMutexTryLock));
    const bool is_free = mutex_is_free(&probe);
    note_result(is_free ? 0 : kFailedCall);
    if (is_free) return true;
    Wait wait;
    wait.what = WaitFor::kFutex;
    wait.key = sleepers_key(probe.mutex);
    wait.deadline = deadline;
    if (step_and_wait(lock_step(StepKind::kWait, probe.mutex, sizeof(int), pc, Call::kMutexAsleep), wait).outcome ==
        Outcome::kTimedOut)
      return false;
  }
}

// False: the deadline came first.
bool may_lock(const pthread_mutex_t* mutex, std::uint64_t deadline, const void* pc) {
  const MutexProbe probe{mutex, this_task.tid};
  if (is_controlled() && is_for_one_process(mutex)) return may_lock_of_one_process(probe, deadline, pc);
  Wait wait;
  wait.what = WaitFor::kOwn;
  wait.probe = mutex_is_free;
  wait.argument = &probe;
  wait.deadline = deadline;
  const Step one = lock_step(StepKind::kLock, mutex, sizeof(int), pc, Call::kMutexLock);
  for (;;) {
    const Resumed resumed = step_and_wait(one, wait);
    if (resumed.outcome != Outcome::kInterrupted) return resumed.outcome == Outcome::kGo;
  }
}

// ---- read-write locks ----------------------------------------------------------------------------------------------

// Of __readers: as in glibc's pthread_rwlock_common.c.
constexpr unsigned kWritePhase = 1, kWriteLocked = 2, kReaderShift = 3;

bool may_read(const void* argument) {
  const auto& data = static_cast<const pthread_rwlock_t*>(argument)->__data;
  return (data.__readers & kWritePhase) == 0 || (data.__readers & kWriteLocked) == 0;
}

bool may_write(const void* argument) {
  const auto& data = static_cast<const pthread_rwlock_t*>(argument)->__data;
  return (data.__readers & kWriteLocked) == 0 && (data.__readers >> kReaderShift) == 0;
}

// ---- spin locks and once -------------------------------------------------------------------------------------------

bool spin_lock_is_free(const void* argument) { return *static_cast<const volatile int*>(argument) > 0; }

// 1 in the low bits: somebody is at it.
bool once_is_not_under_way(const void* argument) { return (*static_cast<const volatile int*>(argument) & 3) != 1; }

// Until `probe` says so of the object, or the deadline; false then.
bool may_pass(const volatile void* object, bool (*probe)(const void*), std::uint64_t deadline, const void* pc,
              Call call = Call::kNone) {
  const void* address = const_cast<const void*>(object);
  Wait wait;
  wait.what = WaitFor::kOwn;
  wait.probe = probe;
  wait.argument = address;
  wait.deadline = deadline;
  const Step one = lock_step(StepKind::kLock, address, sizeof(int), pc, call);
  for (;;) {
    const Resumed resumed = step_and_wait(one, wait);
    if (resumed.outcome != Outcome::kInterrupted) return resumed.outcome == Outcome::kGo;
  }
}

std::uint64_t deadline_of(clockid_t clock, const timespec* until) {
  return is_controlled() && until != nullptr ? deadline_at(clock, *until) : 0;
}

pthread_mutex_t* mutex_of(mtx_t* lock) { return reinterpret_cast<pthread_mutex_t*>(lock); }

}  // namespace

namespace jitterlab {

int lock_in_steps(pthread_mutex_t* mutex, std::uint64_t deadline, const void* pc) {
  if (!may_lock(mutex, deadline, pc)) return ETIMEDOUT;
  return real<"pthread_mutex_lock", int(pthread_mutex_t*)>()(mutex);
}

int unlock_and_wake(pthread_mutex_t* mutex) {
  const int error = real<"pthread_mutex_unlock", int(pthread_mutex_t*)>()(mutex);
  if (error == 0 && is_controlled() && is_for_one_process(mutex)) wake_sleeper(mutex);
  return error;
}

}  // namespace jitterlab

#define JITTERLAB_LOCK_STEP(kind, object, call) \
  step(lock_step(StepKind::kind, object, sizeof(int), __builtin_return_address(0), Call::call))

namespace {

// A try that failed shows what others have done.
int tried(int result, const volatile void* object, const void* pc) {
  note_result(result == 0 ? 0 : kFailedCall);
  if (result != 0) note(lock_step(StepKind::kWait, const_cast<const void*>(object), sizeof(int), pc, Call::kNone));
  return result;
}

// Who finds a routine done knows what it did.
void note_done(const volatile void* control, const void* pc) {
  note(lock_step(StepKind::kUnlock, const_cast<const void*>(control), sizeof(int), pc, Call::kNone));
}

}  // namespace

JITTERLAB_REPLACE(int, pthread_mutex_init, (pthread_mutex_t * lock, const pthread_mutexattr_t* attributes)) {
  JITTERLAB_LOCK_STEP(kObject, lock, kNone);
  return JITTERLAB_REAL(pthread_mutex_init)(lock, attributes);
}
JITTERLAB_REPLACE(int, pthread_mutex_consistent, (pthread_mutex_t * lock)) {
  JITTERLAB_LOCK_STEP(kObject, lock, kNone);
  return JITTERLAB_REAL(pthread_mutex_consistent)(lock);
}
JITTERLAB_REPLACE(int, pthread_mutex_destroy, (pthread_mutex_t * lock)) {
  JITTERLAB_LOCK_STEP(kObject, lock, kNone);
  return JITTERLAB_REAL(pthread_mutex_destroy)(lock);
}
JITTERLAB_REPLACE(int, pthread_mutex_lock, (pthread_mutex_t * lock)) {
  if (!is_of_interpreter(lock)) may_lock(lock, 0, __builtin_return_address(0));
  return JITTERLAB_REAL(pthread_mutex_lock)(lock);
}
JITTERLAB_REPLACE(int, pthread_mutex_trylock, (pthread_mutex_t * lock)) {
  JITTERLAB_LOCK_STEP(kLock, lock, kMutexTryLock);
  return tried(JITTERLAB_REAL(pthread_mutex_trylock)(lock), lock, __builtin_return_address(0));
}
JITTERLAB_REPLACE(int, pthread_mutex_timedlock, (pthread_mutex_t * lock, const timespec* until)) {
  if (!is_controlled()) {
    JITTERLAB_LOCK_STEP(kLock, lock, kMutexLock);
    return JITTERLAB_REAL(pthread_mutex_timedlock)(lock, until);
  }
  return lock_in_steps(lock, deadline_of(CLOCK_REALTIME, until), __builtin_return_address(0));
}
JITTERLAB_REPLACE(int, pthread_mutex_clocklock, (pthread_mutex_t * lock, clockid_t clock, const timespec* until)) {
  if (!is_controlled()) {
    JITTERLAB_LOCK_STEP(kLock, lock, kMutexLock);
    return JITTERLAB_REAL(pthread_mutex_clocklock)(lock, clock, until);
  }
  return lock_in_steps(lock, deadline_of(clock, until), __builtin_return_address(0));
}
JITTERLAB_REPLACE(int, pthread_mutex_unlock, (pthread_mutex_t * lock)) {
  if (is_of_interpreter(lock)) {
    const int result = JITTERLAB_REAL(pthread_mutex_unlock)(lock);
    note_interpreter_unlock();
    return result;
  }
  JITTERLAB_LOCK_STEP(kUnlock, lock, kMutexUnlock);
  return unlock_and_wake(lock);
}

JITTERLAB_REPLACE(int, mtx_lock, (mtx_t * lock)) {
  may_lock(mutex_of(lock), 0, __builtin_return_address(0));
  return JITTERLAB_REAL(mtx_lock)(lock);
}
JITTERLAB_REPLACE(int, mtx_trylock, (mtx_t * lock)) {
  JITTERLAB_LOCK_STEP(kLock, lock, kMutexTryLock);
  return tried(JITTERLAB_REAL(mtx_trylock)(lock), lock, __builtin_return_address(0));
}
JITTERLAB_REPLACE(int, mtx_timedlock, (mtx_t * lock, const timespec* until)) {
  if (!is_controlled()) {
    JITTERLAB_LOCK_STEP(kLock, lock, kMutexLock);
    return JITTERLAB_REAL(mtx_timedlock)(lock, until);
  }
  if (!may_lock(mutex_of(lock), deadline_of(CLOCK_REALTIME, until), __builtin_return_address(0))) return thrd_timedout;
  return real<"mtx_lock", int(mtx_t*)>()(lock);
}
JITTERLAB_REPLACE(int, mtx_unlock, (mtx_t * lock)) {
  JITTERLAB_LOCK_STEP(kUnlock, lock, kMutexUnlock);
  return unlock_and_wake(mutex_of(lock)) == 0 ? thrd_success : thrd_error;
}

#define JITTERLAB_READ_WRITE(kind, probe, Kind)                                                                \
  JITTERLAB_REPLACE(int, pthread_rwlock_##kind##lock, (pthread_rwlock_t * lock)) {                             \
    may_pass(lock, probe, 0, __builtin_return_address(0), Call::k##Kind##Lock);                                \
    return JITTERLAB_REAL(pthread_rwlock_##kind##lock)(lock);                                                  \
  }                                                                                                            \
  JITTERLAB_REPLACE(int, pthread_rwlock_try##kind##lock, (pthread_rwlock_t * lock)) {                          \
    JITTERLAB_LOCK_STEP(kLock, lock, k##Kind##TryLock);                                                        \
    return tried(JITTERLAB_REAL(pthread_rwlock_try##kind##lock)(lock), lock, __builtin_return_address(0));     \
  }                                                                                                            \
  JITTERLAB_REPLACE(int, pthread_rwlock_timed##kind##lock, (pthread_rwlock_t * lock, const timespec* until)) { \
    if (!is_controlled()) {                                                                                    \
      JITTERLAB_LOCK_STEP(kLock, lock, k##Kind##Lock);                                                         \
      return JITTERLAB_REAL(pthread_rwlock_timed##kind##lock)(lock, until);                                    \
    }                                                                                                          \
    const std::uint64_t deadline = deadline_of(CLOCK_REALTIME, until);                                         \
    if (!may_pass(lock, probe, deadline, __builtin_return_address(0), Call::k##Kind##Lock)) return ETIMEDOUT;  \
    return real<"pthread_rwlock_" #kind "lock", int(pthread_rwlock_t*)>()(lock);                               \
  }
JITTERLAB_READ_WRITE(rd, may_read, Read)
JITTERLAB_READ_WRITE(wr, may_write, Write)

JITTERLAB_REPLACE(int, pthread_rwlock_unlock, (pthread_rwlock_t * lock)) {
  JITTERLAB_LOCK_STEP(kUnlock, lock, kReadWriteUnlock);
  return JITTERLAB_REAL(pthread_rwlock_unlock)(lock);
}

JITTERLAB_REPLACE(int, pthread_spin_lock, (pthread_spinlock_t * lock)) {
  may_pass(lock, spin_lock_is_free, 0, __builtin_return_address(0), Call::kSpinLock);
  return JITTERLAB_REAL(pthread_spin_lock)(lock);
}
JITTERLAB_REPLACE(int, pthread_spin_trylock, (pthread_spinlock_t * lock)) {
  JITTERLAB_LOCK_STEP(kLock, const_cast<const int*>(lock), kMutexTryLock);
  return tried(JITTERLAB_REAL(pthread_spin_trylock)(lock), lock, __builtin_return_address(0));
}
JITTERLAB_REPLACE(int, pthread_spin_unlock, (pthread_spinlock_t * lock)) {
  JITTERLAB_LOCK_STEP(kUnlock, const_cast<const int*>(lock), kSpinUnlock);
  return JITTERLAB_REAL(pthread_spin_unlock)(lock);
}

// The routine runs inside the real call and takes steps of its own. When it leaves by an exception, that passes through
// here.
JITTERLAB_REPLACE(int, pthread_once, (pthread_once_t * control, void (*routine)())) {
  may_pass(control, once_is_not_under_way, 0, __builtin_return_address(0));
  const int result = JITTERLAB_REAL(pthread_once)(control, routine);
  note_done(control, __builtin_return_address(0));
  if (is_controlled()) everybody_looks_again();
  return result;
}
JITTERLAB_REPLACE(void, call_once, (once_flag * control, void (*routine)())) {
  may_pass(control, once_is_not_under_way, 0, __builtin_return_address(0));
  JITTERLAB_REAL(call_once)(control, routine);
  note_done(control, __builtin_return_address(0));
  if (is_controlled()) everybody_looks_again();
}
