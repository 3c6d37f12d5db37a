// One line of the trace of a controlled execution, as the agent writes it. Plain data without pointers; zero bytes
// are a valid one. Freestanding; trace.h has what the harness makes of them.
#pragma once

#include <cstdint>

#include "schedule/strategy.h"

namespace jitterlab {

struct TraceEvent {
  enum class Kind : std::uint8_t {
    kCreated,   // `task` was created by `parent`; comes before everything that it executes
    kExecuted,  // `task` carried out `operation`, let through by `choice`
    // Something that happened in the course of the operation before it, and is no step: an access, or the giving back
    // of a lock, as an operation of its own. kObject: memory that is new; kStart: the process has become another
    // program. The reader keeps these apart (Trace::notes).
    kNoted,
  };
  // Of what was created.
  static constexpr std::uint8_t kThread = 1;  // in the process of its parent
  // Flags of what was executed.
  static constexpr std::uint8_t kTimed = 1;        // a wait that gives up at some time, whether it did or not
  static constexpr std::uint8_t kTimedOut = 2;     // it gave up
  static constexpr std::uint8_t kInterrupted = 4;  // by a signal

  static constexpr std::uint64_t kTellsOfWaiting = ~std::uint64_t{0};  // a `detail`

  Kind kind = Kind::kCreated;
  std::uint8_t flags = 0;
  Choice choice;            // count 1: forced
  std::uint8_t effect = 0;  // Effect
  TaskId task = 0;          // logical
  TaskId parent = 0;        // kCreated; of a root: 0. kExecuted: from where `place` was called, see callers.h
  Operation operation;      // as it was when the task was let through
  std::uint64_t value = 0;  // read, received or returned; of an access, what is there before
  // What orders it after others. Like `value` information only: no hash contains it.
  //   semop     members taken from, or awaited to be zero (bits 0 to 31), and given to (32 to 63)
  //   msgsnd, msgrcv   type of the message; 0: the call failed
  //   receiving        bytes; 0: an end or a failure, or not known
  //   joining          the task
  //   sigaction        the signal
  //   sigprocmask      the signals, bit 0 for signal 1
  //   semctl that asks how many wait   kTellsOfWaiting: who waits has done what came before, though its wait is no step
  //   yet
  std::uint64_t detail = 0;
};
static_assert(sizeof(TraceEvent) == 72);

}  // namespace jitterlab
