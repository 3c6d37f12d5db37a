// The seam between mechanism and strategy: every callback and every wrapped call of the agent describes what the task
// is about to do and asks here for leave to go on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "agent/baton.h"
#include "schedule/effect.h"
#include "schedule/jitter.h"

namespace jitterlab {

struct Step {
  StepKind kind = StepKind::kOther;
  std::uint64_t object = 0;       // id of a System V object, descriptor, address of a lock; 0: none, or a plain access
  const void* address = nullptr;  // of shared memory, for accesses
  std::size_t size = 0;           // bytes; 0: not known
  bool is_write = false;
  const void* pc = nullptr;  // in the program
  std::uint64_t offset = 0;  // in the object: byte of a segment, member of a set
  bool is_yield = false;     // kSleep of no length
  Call call = Call::kNone;
  // For the trace only.
  std::uint8_t effect = 0;   // Effect
  std::uint64_t detail = 0;  // TraceEvent::detail
};

// In a controlled execution: something that happens now, in the course of the last step, and is no step of its own
// (TraceEvent::kNoted).
void note(const Step& what);
// TraceEvent::detail of the last step.
void note_detail(std::uint64_t detail);

// Returns when the task may carry out the operation. Async-signal-safe; leaves errno alone; does nothing when there is
// no control area. A signal handler may run inside it, and ends the delay.
void step(const Step& step);

// The same for an operation that may block. In a controlled execution it returns when the operation would not block, or
// says why the task goes on all the same; otherwise at once, and the operation itself waits.
Resumed step_and_wait(const Step& step, const Wait& wait);

// The calling task begins: its first step, or, after exec, nothing.
void begin_task(bool is_new, const void* pc);

inline std::uint64_t object_of(const volatile void* address) { return reinterpret_cast<std::uint64_t>(address); }
inline std::uint64_t object_of(std::int64_t number) { return static_cast<std::uint64_t>(number); }

}  // namespace jitterlab
