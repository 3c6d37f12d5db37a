// Threads: pthread and C11; C++ reaches pthread through libstdc++. What they wait on is in locks.cc and conditions.cc.
#include "agent/threads.h"

#include <pthread.h>
#include <sched.h>
#include <threads.h>

#include <atomic>

#include "agent/baton.h"
#include "agent/kernel.h"
#include "agent/python.h"
#include "agent/shared_memory.h"
#include "agent/task.h"
#include "agent/virtual_time.h"
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
  bool masked;  // of its creator
  SignalMask mask;
};

constexpr int kMostStarts = 256;

// Which task a thread is. A handle that is used again replaces the older entry.
struct ThreadName {
  std::atomic<pthread_t> thread;
  std::atomic<std::uint64_t> task;
};
constexpr int kMostNames = 1024;
constinit ThreadName thread_names[kMostNames] = {};  // those in use come first
// So that a child need not look at them, which costs it a page each. Not zero, so that it lies among other data.
constinit std::atomic<bool> has_no_names = true;

void name_thread(pthread_t thread, std::uint64_t task) {
  has_no_names.store(false, std::memory_order_relaxed);
  for (ThreadName& name : thread_names) {
    pthread_t there = name.thread.load(std::memory_order_relaxed);
    if (there != thread && (there != 0 || !name.thread.compare_exchange_strong(there, thread))) continue;
    name.task.store(task, std::memory_order_relaxed);
    return;
  }
}

// 0: not known.
std::uint64_t task_with_handle(pthread_t thread) {
  for (const ThreadName& name : thread_names) {
    if (name.thread.load(std::memory_order_relaxed) == thread) return name.task.load(std::memory_order_relaxed);
  }
  return 0;
}

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
    start.masked = this_task.masked;
    start.mask = this_task.mask;
    start.slot = is_controlled() ? create_slot(this_task.id, start.id, false) : -1;
    settle_slot(start.slot, static_cast<std::int32_t>(kernel(SYS_getpid)));
    return &start;
  }
}

// Under control a thread's last step comes after what it does at its end: destructors of its thread-local data, which
// may lock and write. glibc makes up to four rounds through the keys; ours puts itself off to the last one.
constexpr int kRounds = 4;
void set_end_of_thread(std::uintptr_t round);

void end_of_thread(void* value) {
  const auto round = reinterpret_cast<std::uintptr_t>(value);
  if (round < kRounds) return set_end_of_thread(round + 1);
  step_before(StepKind::kExit, 0, nullptr);
  end_task(Ends::kThread);
}

void set_end_of_thread(std::uintptr_t round) {
  static constinit std::atomic<std::uint64_t> made{0};  // the key + 1
  std::uint64_t key = made.load(std::memory_order_relaxed);
  if (key == 0) {
    pthread_key_t created = 0;
    if (real<"pthread_key_create", int(pthread_key_t*, void (*)(void*))>()(&created, end_of_thread) != 0) return;
    key = created + std::uint64_t{1};
    made.store(key, std::memory_order_relaxed);
  }
  real<"pthread_setspecific", int(pthread_key_t, const void*)>()(static_cast<pthread_key_t>(key - 1),
                                                                 reinterpret_cast<const void*>(round));
}

// Thread-local data and the thread's own block lie above its stack, up to the thread pointer.
std::uintptr_t thread_pointer() {
  std::uintptr_t pointer;
  asm("mov %%fs:0, %0" : "=r"(pointer));
  return pointer;
}

// The process is about to get another thread, which may have been told of variables on the stack of this one. Of
// several handles side by side, as in an array, all are remembered.
void begin_to_share(const void* handle) {
  shared_memory.set_threads(true);
  this_task.shares_stack = true;
  const auto begin = reinterpret_cast<std::uintptr_t>(handle), end = begin + sizeof(pthread_t);
  if (begin >= this_task.handles && end <= this_task.handles_end) return;
  const bool comes_before = end == this_task.handles, comes_after = begin == this_task.handles_end;
  if (!comes_after) this_task.handles = begin;
  if (!comes_before) this_task.handles_end = end;
}

template <typename Result>
Result run_thread(void* prepared) {
  auto* start = static_cast<ThreadStart<Result>*>(prepared);
  Result (*const routine)(void*) = start->routine;
  void* const argument = start->argument;
  this_task.stack_end = thread_pointer();
  become_task(start->id, NewTask::kThread);
  this_task.masked = start->masked;
  this_task.mask = start->mask;
  start->taken.store(false, std::memory_order_release);
  begin_task(true, reinterpret_cast<void*>(routine));
  if (is_controlled()) {
    set_end_of_thread(1);
    return routine(argument);
  }
  const Result result = routine(argument);
  step_before(StepKind::kExit, 0, reinterpret_cast<void*>(routine));
  end_task(Ends::kThread);
  return result;
}

}  // namespace

JITTERLAB_REPLACE(int, pthread_create,
                  (pthread_t * thread, const pthread_attr_t* attributes, void* (*routine)(void*), void* argument)) {
  if (!has_interpreter()) step_before(StepKind::kFork, 0, __builtin_return_address(0), Call::kThreadCreate);
  // What Python code reaches is known from its instructions, not from what the interpreter does with memory.
  if (python() == nullptr) begin_to_share(thread);
  note_python_thread();
  hold_signals();  // the new thread must not take one before it is chosen
  ThreadStart<void*>* start = prepare_start(routine, argument);
  const std::uint64_t id = start->id;
  const int error = JITTERLAB_REAL(pthread_create)(thread, attributes, run_thread<void*>, start);
  if (error != 0) {
    drop_slot(start->slot);
    start->taken.store(false, std::memory_order_release);
  } else if (is_controlled()) {
    name_thread(*thread, id);
  }
  release_signals();
  return error;
}

JITTERLAB_REPLACE(int, thrd_create, (thrd_t * thread, int (*routine)(void*), void* argument)) {
  step_before(StepKind::kFork, 0, __builtin_return_address(0), Call::kThreadCreate);
  begin_to_share(thread);
  hold_signals();  // the new thread must not take one before it is chosen
  ThreadStart<int>* start = prepare_start(routine, argument);
  const std::uint64_t id = start->id;
  const int error = JITTERLAB_REAL(thrd_create)(thread, run_thread<int>, start);
  if (error != thrd_success) {
    drop_slot(start->slot);
    start->taken.store(false, std::memory_order_release);
  } else if (is_controlled()) {
    name_thread(*thread, id);
  }
  release_signals();
  return error;
}

namespace {

void end_thread(const void* pc) {
  if (is_controlled()) return set_end_of_thread(1);
  step_before(StepKind::kExit, 0, pc);
  end_task(Ends::kThread);
}

}  // namespace

JITTERLAB_REPLACE(void, pthread_exit, (void* result)) {
  end_thread(__builtin_return_address(0));
  JITTERLAB_REAL(pthread_exit)(result);
  __builtin_unreachable();
}

JITTERLAB_REPLACE(void, thrd_exit, (int result)) {
  end_thread(__builtin_return_address(0));
  JITTERLAB_REAL(thrd_exit)(result);
  __builtin_unreachable();
}

// ---- waiting for threads --------------------------------------------------------------------------------------------

namespace {

// Before a join: until the thread's task has ended. The real call may still wait a moment for the kernel. False: the
// deadline has passed; 0: there is none.
bool wait_for_thread(pthread_t thread, const void* pc, std::uint64_t deadline = 0) {
  Wait wait;
  wait.deadline = deadline;
  if (const std::uint64_t id = is_controlled() ? task_with_handle(thread) : 0) {
    wait.what = WaitFor::kTask;
    wait.task = id;
    wait.on_cancel = OnCancel::kEnds;
  }
  const Step one{.kind = StepKind::kWait,
                 .object = object_of(static_cast<std::int64_t>(thread)),
                 .pc = pc,
                 .call = Call::kJoin,
                 .detail = wait.task};
  for (;;) {
    const Outcome outcome = step_and_wait(one, wait).outcome;
    if (outcome == Outcome::kGo || outcome == Outcome::kTimedOut) return outcome == Outcome::kGo;
  }
}

}  // namespace

JITTERLAB_REPLACE(int, pthread_join, (pthread_t thread, void** result)) {
  wait_for_thread(thread, __builtin_return_address(0));
  return JITTERLAB_REAL(pthread_join)(thread, result);
}
JITTERLAB_REPLACE(int, pthread_clockjoin_np,
                  (pthread_t thread, void** result, clockid_t clock, const timespec* until)) {
  const std::uint64_t deadline = is_controlled() && until != nullptr ? deadline_at(clock, *until) : 0;
  if (!wait_for_thread(thread, __builtin_return_address(0), deadline)) return ETIMEDOUT;
  if (is_controlled()) return JITTERLAB_REAL(pthread_join)(thread, result);
  return JITTERLAB_REAL(pthread_clockjoin_np)(thread, result, clock, until);
}
JITTERLAB_REPLACE(int, pthread_timedjoin_np, (pthread_t thread, void** result, const timespec* until)) {
  const std::uint64_t deadline = is_controlled() && until != nullptr ? deadline_at(CLOCK_REALTIME, *until) : 0;
  if (!wait_for_thread(thread, __builtin_return_address(0), deadline)) return ETIMEDOUT;
  if (is_controlled()) return JITTERLAB_REAL(pthread_join)(thread, result);
  return JITTERLAB_REAL(pthread_timedjoin_np)(thread, result, until);
}
// A look: repeated, it is a spinning loop.
JITTERLAB_REPLACE(int, pthread_tryjoin_np, (pthread_t thread, void** result)) {
  const void* pc = __builtin_return_address(0);
  step_before(StepKind::kOther, object_of(static_cast<std::int64_t>(thread)), pc);
  if (!is_controlled()) return JITTERLAB_REAL(pthread_tryjoin_np)(thread, result);
  if (!has_ended(task_with_handle(thread))) return EBUSY;
  wait_for_thread(thread, pc);
  return JITTERLAB_REAL(pthread_join)(thread, result);
}
JITTERLAB_REPLACE(int, thrd_join, (thrd_t thread, int* result)) {
  wait_for_thread(thread, __builtin_return_address(0));
  return JITTERLAB_REAL(thrd_join)(thread, result);
}
JITTERLAB_REPLACE(int, pthread_detach, (pthread_t thread)) {
  if (!has_interpreter())
    step_before(StepKind::kOther, object_of(static_cast<std::int64_t>(thread)), __builtin_return_address(0),
                Call::kDetach);
  return JITTERLAB_REAL(pthread_detach)(thread);
}

// ---- cancelling -----------------------------------------------------------------------------------------------------

// The step comes first: what the thread did before it was cancelled stays done.
JITTERLAB_REPLACE(int, pthread_cancel, (pthread_t thread)) {
  const std::uint64_t id = is_controlled() ? task_of_thread(thread) : object_of(static_cast<std::int64_t>(thread));
  step_before(StepKind::kSignal, id, __builtin_return_address(0), Call::kCancel);
  const int error = JITTERLAB_REAL(pthread_cancel)(thread);
  if (error == 0 && is_controlled()) note_cancelled(id);
  return error;
}

JITTERLAB_REPLACE(int, pthread_setcancelstate, (int state, int* before)) {
  const int error = JITTERLAB_REAL(pthread_setcancelstate)(state, before);
  if (error == 0 && is_controlled()) ignore_cancel(state == PTHREAD_CANCEL_DISABLE);
  return error;
}

namespace jitterlab {

std::uint64_t task_of_thread(pthread_t thread) {
  if (thread == thread_pointer()) return this_task.id;
  const std::uint64_t known = task_with_handle(thread);
  return known != 0 ? known : this_process();
}

void forget_threads() {
  if (has_no_names.load(std::memory_order_relaxed)) return;
  for (ThreadName& name : thread_names) name.thread.store(0, std::memory_order_relaxed);
  has_no_names.store(true, std::memory_order_relaxed);
}

}  // namespace jitterlab
