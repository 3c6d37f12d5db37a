// Threads and what they wait on: pthread and C11; C++ reaches pthread through libstdc++.
#include <pthread.h>
#include <sched.h>
#include <threads.h>

#include <atomic>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/wrap.h"

using namespace jitterlab;

namespace {

// What a new thread has to be told, handed over in a fixed table: no malloc of ours may show in the student's heap.
template <typename Result>
struct ThreadStart {
  std::atomic<bool> taken;
  Result (*routine)(void*);
  void* argument;
  std::uint64_t id;
  int slot;
};

constexpr int kMostStarts = 256;

template <typename Result>
constinit ThreadStart<Result> thread_starts[kMostStarts] = {};

// Waits for a free place when all are taken: each is given back as soon as its thread runs.
template <typename Result>
ThreadStart<Result>* prepare_start(Result (*routine)(void*), void* argument) {
  for (int i = 0;; i = (i + 1) % kMostStarts) {
    ThreadStart<Result>& start = thread_starts<Result>[i];
    if (start.taken.exchange(true, std::memory_order_acquire)) continue;
    start.routine = routine;
    start.argument = argument;
    start.id = next_child();
    start.slot = is_controlled() ? create_slot(this_task.id, start.id, false) : -1;
    settle_slot(start.slot, static_cast<std::int32_t>(kernel(SYS_getpid)));
    return &start;
  }
}

// Thread-local data and the thread's own block lie above its stack, up to the thread pointer.
std::uintptr_t thread_pointer() {
  std::uintptr_t pointer;
  asm("mov %%fs:0, %0" : "=r"(pointer));
  return pointer;
}

template <typename Result>
Result run_thread(void* prepared) {
  auto* start = static_cast<ThreadStart<Result>*>(prepared);
  Result (*const routine)(void*) = start->routine;
  void* const argument = start->argument;
  this_task.stack_end = thread_pointer();
  become_task(start->id, NewTask::kThread);
  start->taken.store(false, std::memory_order_release);
  begin_task(true, reinterpret_cast<void*>(routine));
  const Result result = routine(argument);
  step_before(StepKind::kExit, 0, reinterpret_cast<void*>(routine));
  end_task(Ends::kThread);
  return result;
}

}  // namespace

JITTERLAB_REPLACE(int, pthread_create,
                  (pthread_t * thread, const pthread_attr_t* attributes, void* (*routine)(void*), void* argument)) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  shared_memory.set_threads(true);
  ThreadStart<void*>* start = prepare_start(routine, argument);
  const int error = JITTERLAB_REAL(pthread_create)(thread, attributes, run_thread<void*>, start);
  if (error != 0) {
    drop_slot(start->slot);
    start->taken.store(false, std::memory_order_release);
  }
  return error;
}

JITTERLAB_REPLACE(int, thrd_create, (thrd_t * thread, int (*routine)(void*), void* argument)) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0));
  shared_memory.set_threads(true);
  ThreadStart<int>* start = prepare_start(routine, argument);
  const int error = JITTERLAB_REAL(thrd_create)(thread, run_thread<int>, start);
  if (error != thrd_success) {
    drop_slot(start->slot);
    start->taken.store(false, std::memory_order_release);
  }
  return error;
}

JITTERLAB_REPLACE(void, pthread_exit, (void* result)) {
  step_before(StepKind::kExit, 0, __builtin_return_address(0));
  end_task(Ends::kThread);
  JITTERLAB_REAL(pthread_exit)(result);
  __builtin_unreachable();
}

JITTERLAB_REPLACE(void, thrd_exit, (int result)) {
  step_before(StepKind::kExit, 0, __builtin_return_address(0));
  end_task(Ends::kThread);
  JITTERLAB_REAL(thrd_exit)(result);
  __builtin_unreachable();
}

JITTERLAB_WRAP(int, pthread_join, (pthread_t thread, void** result), (thread, result), kWait, std::int64_t(thread))
JITTERLAB_WRAP(int, pthread_detach, (pthread_t thread), (thread), kOther, std::int64_t(thread))
JITTERLAB_WRAP(int, pthread_cancel, (pthread_t thread), (thread), kSignal, std::int64_t(thread))
JITTERLAB_WRAP(int, pthread_kill, (pthread_t thread, int signal), (thread, signal), kSignal, std::int64_t(thread))
JITTERLAB_WRAP(int, thrd_join, (thrd_t thread, int* result), (thread, result), kWait, std::int64_t(thread))

JITTERLAB_WRAP(int, pthread_mutex_init, (pthread_mutex_t * lock, const pthread_mutexattr_t* attributes),
               (lock, attributes), kObject, lock)
JITTERLAB_WRAP(int, pthread_mutex_destroy, (pthread_mutex_t * lock), (lock), kObject, lock)
JITTERLAB_WRAP(int, pthread_mutex_lock, (pthread_mutex_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_mutex_trylock, (pthread_mutex_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_mutex_timedlock, (pthread_mutex_t * lock, const timespec* until), (lock, until), kLock,
               lock)
JITTERLAB_WRAP(int, pthread_mutex_unlock, (pthread_mutex_t * lock), (lock), kUnlock, lock)

JITTERLAB_WRAP(int, pthread_cond_wait, (pthread_cond_t * condition, pthread_mutex_t* lock), (condition, lock), kWait,
               condition)
JITTERLAB_WRAP(int, pthread_cond_timedwait, (pthread_cond_t * condition, pthread_mutex_t* lock, const timespec* until),
               (condition, lock, until), kWait, condition)
JITTERLAB_WRAP(int, pthread_cond_clockwait,
               (pthread_cond_t * condition, pthread_mutex_t* lock, clockid_t clock, const timespec* until),
               (condition, lock, clock, until), kWait, condition)
JITTERLAB_WRAP(int, pthread_cond_signal, (pthread_cond_t * condition), (condition), kUnlock, condition)
JITTERLAB_WRAP(int, pthread_cond_broadcast, (pthread_cond_t * condition), (condition), kUnlock, condition)

JITTERLAB_WRAP(int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_rwlock_tryrdlock, (pthread_rwlock_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_rwlock_trywrlock, (pthread_rwlock_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_rwlock_unlock, (pthread_rwlock_t * lock), (lock), kUnlock, lock)
JITTERLAB_WRAP(int, pthread_barrier_wait, (pthread_barrier_t * barrier), (barrier), kWait, barrier)
JITTERLAB_WRAP(int, pthread_spin_lock, (pthread_spinlock_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_spin_trylock, (pthread_spinlock_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, pthread_spin_unlock, (pthread_spinlock_t * lock), (lock), kUnlock, lock)

JITTERLAB_WRAP(int, mtx_lock, (mtx_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, mtx_trylock, (mtx_t * lock), (lock), kLock, lock)
JITTERLAB_WRAP(int, mtx_timedlock, (mtx_t * lock, const timespec* until), (lock, until), kLock, lock)
JITTERLAB_WRAP(int, mtx_unlock, (mtx_t * lock), (lock), kUnlock, lock)
JITTERLAB_WRAP(int, cnd_wait, (cnd_t * condition, mtx_t* lock), (condition, lock), kWait, condition)
JITTERLAB_WRAP(int, cnd_timedwait, (cnd_t * condition, mtx_t* lock, const timespec* until), (condition, lock, until),
               kWait, condition)
JITTERLAB_WRAP(int, cnd_signal, (cnd_t * condition), (condition), kUnlock, condition)
JITTERLAB_WRAP(int, cnd_broadcast, (cnd_t * condition), (condition), kUnlock, condition)
