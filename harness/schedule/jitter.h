// Strategy "jitter": everything runs freely in parallel; at each step a task is delayed by a random time.
// Pure and freestanding: also compiled into the agent.
#pragma once

#include <cstdint>

namespace jitterlab {

// What kind of place a step is; delays differ by kind.
enum class StepKind : std::uint8_t {
  kRead,
  kWrite,
  kAtomic,  // of memory that tasks share
  kLock,
  kUnlock,  // mutexes, semaphores: P and V, condition variables
  kSend,
  kReceive,  // queues, pipes, sockets
  kObject,   // an object is made, opened, set or erased
  kStart,    // a task's first step
  kFork,
  kWait,
  kSignal,
  kExit,
  kSleep,
  kOther,
};

// Nanoseconds that the task must wait before its step number `step` (from 0, counted per task). 0 for most steps.
// `task` is the task's logical id, the same in every execution with the same seed.
std::uint64_t jitter_delay(std::uint64_t seed, std::uint64_t task, std::uint64_t step, StepKind kind);

}  // namespace jitterlab
