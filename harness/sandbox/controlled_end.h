// What is known of a controlled execution when it is over. Plain data.
//
// It comes from memory that the programs can write to: every value is one that could be, nothing of it is proven.
#pragma once

#include <cstdint>
#include <vector>

#include "schedule/trace.h"

namespace jitterlab {

enum class WaitsFor : std::uint8_t {
  kNothing,     // it was let go on and waits in a call that is not controlled
  kSemaphores,  // of System V
  kSending,     // room in a System V queue
  kReceiving,   // a message in one
  kTask,        // the end of another task
  kFutex,       // a lock, a condition variable or another of these
  kWrite,       // a write to what it reads again and again
  kOther,       // a descriptor, a child, …: `operation` tells
  kSignal,      // or the time
};

// A task that could not go on at the end.
struct WaitingTask {
  TaskId id = 0;
  int pid = 0;
  int instance = -1;  // that it descends from; -1: not known
  WaitsFor waits_for = WaitsFor::kOther;
  TaskId task = 0;  // kTask
  Operation operation;
};

// What the programs used that cannot be controlled.
enum class NotControlled : std::uint8_t { kNothing, kTimerThread, kMessageThread, kClone };

struct ControlledEnd {
  Trace trace;
  // Times a task blocked where the agent does not control it, from when on the execution cannot be repeated exactly.
  // The first time it was in an operation of this kind, at this place in the program.
  std::uint32_t lost = 0;
  StepKind lost_kind = StepKind::kOther;
  std::uint64_t lost_place = 0;
  std::uint32_t lost_call = 0;  // number + 1 of the system call, where the program made it by syscall(); 0: not known
  NotControlled used = NotControlled::kNothing;  // the first
  int differs_at = -1;                           // Scheduler::differs_at()
  bool stopped_by_steps = false;                 // more than most_steps
  bool stopped_by_tasks = false;                 // more at a time than kMaxTasks
  std::uint64_t clock = 0;                       // virtual nanoseconds since the start
  std::vector<WaitingTask> waiting;
};

}  // namespace jitterlab
