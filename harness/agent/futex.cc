// syscall(): what C++ waits on (std::atomic::wait, std::latch, …) comes here as SYS_futex, and so does what programs
// call by number. Under control futexes are ours, as condition variables are, and reading and writing are steps as when
// they are called by name; other calls that might block are left to themselves, and named when they do.
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdarg>

#include "agent/baton.h"
#include "agent/descriptors.h"
#include "agent/dispatch.h"
#include "agent/randomness.h"
#include "agent/shared_memory.h"
#include "agent/virtual_time.h"
#include "agent/wrap.h"
#include "schedule/mix.h"

using namespace jitterlab;

namespace {

std::uint64_t key_of(const void* address) {
  const Location location = shared_memory.locate(address);
  return mix(location.object, location.offset, std::uint64_t{1});
}

Step step_on(StepKind kind, const void* word, const void* pc, Call call) {
  return Step{.kind = kind, .object = object_of(word), .address = word, .size = sizeof(int), .pc = pc, .call = call};
}

std::uint64_t deadline_of(int operation, const timespec* time) {
  if (time == nullptr) return 0;
  if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT) return deadline_after(*time);
  return deadline_at((operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC, *time);
}

bool makes_task(long number) {
  return number == SYS_clone || number == SYS_clone3 || number == SYS_fork || number == SYS_vfork;
}

// If it blocks, the report can name it.
class RawCall {
 public:
  explicit RawCall(long number) : is_noted_(is_controlled()) {
    if (is_noted_) note_raw_call(static_cast<std::uint32_t>(number) + 1);
    if (is_noted_ && makes_task(number)) note_uncontrolled(Uncontrolled::kClone);
  }
  ~RawCall() {
    if (is_noted_) note_raw_call(0);
  }
  RawCall(const RawCall&) = delete;
  RawCall& operator=(const RawCall&) = delete;

 private:
  bool is_noted_;
};

long failed(int error) {
  errno = error;
  return -1;
}

long wait_in_steps(const int* word, int operation, int value, const timespec* time, unsigned bits, const void* pc) {
  step(step_on(StepKind::kWait, word, pc, Call::kFutexWait));
  if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != value) return failed(EAGAIN);
  Wait wait;
  wait.what = WaitFor::kFutex;
  wait.key = key_of(word);
  wait.bits = bits;
  wait.deadline = deadline_of(operation, time);
  switch (step_and_wait(step_on(StepKind::kWait, word, pc, Call::kFutexWoken), wait).outcome) {
    case Outcome::kGo:
      return 0;
    case Outcome::kTimedOut:
      return failed(ETIMEDOUT);
    case Outcome::kInterrupted:
    case Outcome::kCancelled:
      break;
  }
  return failed(EINTR);
}

long wake_in_steps(const int* word, int most, unsigned bits, const void* pc) {
  step(step_on(StepKind::kUnlock, word, pc, Call::kFutexWake));
  const int woken = wake_futex(key_of(word), most, bits);
  note_result(static_cast<std::uint64_t>(woken));
  return woken;
}

// Set for a call that is not ours.
long futex_in_steps(const long* arguments, const void* pc, bool& is_ours) {
  const auto* word = reinterpret_cast<const int*>(arguments[0]);
  const int operation = static_cast<int>(arguments[1]), value = static_cast<int>(arguments[2]);
  const auto* time = reinterpret_cast<const timespec*>(arguments[3]);
  is_ours = true;
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
      return wait_in_steps(word, operation, value, time, ~0u, pc);
    case FUTEX_WAIT_BITSET:
      return wait_in_steps(word, operation, value, time, static_cast<unsigned>(arguments[5]), pc);
    case FUTEX_WAKE:
      return wake_in_steps(word, value, ~0u, pc);
    case FUTEX_WAKE_BITSET:
      return wake_in_steps(word, value, static_cast<unsigned>(arguments[5]), pc);
    default:
      is_ours = false;
      return 0;
  }
}

}  // namespace

JITTERLAB_REPLACE(long, syscall, (long number, ...)) {
  long arguments[6];
  va_list list;
  va_start(list, number);
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  if (number == SYS_futex && is_controlled()) {
    bool is_ours = false;
    const long result = futex_in_steps(arguments, __builtin_return_address(0), is_ours);
    if (is_ours) return result;
  }
  if (number == SYS_getrandom && is_controlled()) {
    fill_with_random(reinterpret_cast<void*>(arguments[0]), static_cast<std::size_t>(arguments[1]));
    return arguments[1];
  }
  long result = 0;
  if (controls_calls() && carry_out_in_steps(number, arguments, __builtin_return_address(0), result))
    return result < 0 ? failed(static_cast<int>(-result)) : result;
  const RawCall noted(number);
  return JITTERLAB_REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                                 arguments[5]);
}

// A task that no wrapper of ours makes runs beside the others.
JITTERLAB_REPLACE(int, clone, (int (*body)(void*), void* stack, int flags, void* argument, ...)) {
  va_list list;
  va_start(list, argument);
  void* const parent_tid = va_arg(list, void*);
  void* const tls = va_arg(list, void*);
  void* const child_tid = va_arg(list, void*);
  va_end(list);
  if (is_controlled()) note_uncontrolled(Uncontrolled::kClone);
  return JITTERLAB_REAL(clone)(body, stack, flags, argument, parent_tid, tls, child_tid);
}
