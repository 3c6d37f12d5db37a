// What is known of a controlled execution when it is over. Plain data.
//
// It comes from memory that the programs can write to: every value is one that could be, nothing of it is proven.
#pragma once

#include <cstdint>
#include <map>
#include <string>
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
  kLoop,        // what it tries or looks at again and again; proven to be in vain
};

// What a semaphore operation was to do to one member of its set.
struct SemaphoreChange {
  int member = 0;
  int change = 0;  // 0: waits until it is zero
};

// A task that could not go on at the end.
struct WaitingTask {
  TaskId id = 0;
  int pid = 0;
  int instance = -1;  // that it descends from; -1: not known
  WaitsFor waits_for = WaitsFor::kOther;
  TaskId task = 0;  // kTask
  Operation operation;
  std::uint64_t callers = 0;                // of its place: schedule/callers.h
  std::vector<SemaphoreChange> semaphores;  // kSemaphores
  std::int64_t message_type = 0;            // kReceiving: as msgrcv has it
};

// A descriptor of a pipe or FIFO that a process had open when the execution ended at rest.
struct OpenEnd {
  int pid = 0;
  int descriptor = 0;
  std::uint64_t object = 0;  // as in Operation
  bool reads = false, writes = false;
};

// What Operation::object stands for.
enum class NamedKind : std::uint8_t {
  kUnknown,
  kSegment,     // of System V: `a` is its id
  kSemaphores,  // likewise
  kQueue,       // likewise
  kFile,        // `a` the device, `b` the number: pipes and FIFOs too; names have no such device
  kMapping,     // a shared mapping of no file
  kPrivate,     // memory of one process, `a` is its first task; Operation::offset is the address
  kFutex,
  kSocket,   // all of a family `a` and type `b`
  kOutput,   // what is captured, by device and number: the standard output, the error stream
  kSignals,  // every signalfd
};
inline constexpr NamedKind kLastNamedKind = NamedKind::kSignals;
struct NamedThing {
  NamedKind kind = NamedKind::kUnknown;
  std::uint64_t a = 0, b = 0;
};

// A program that took part, as Operation::place numbers them (schedule/place.h).
struct ProgramSeen {
  std::string path;        // inside the box; any bytes
  std::uint64_t bias = 0;  // address in memory - address in its ELF file
};

// A process that died of a fault or a failed assertion.
struct CrashedProcess {
  TaskId task = 0;  // its first
  int signal = 0;
};

// What the programs used that cannot be controlled.
enum class NotControlled : std::uint8_t { kNothing, kTimerThread, kMessageThread, kClone };

struct ControlledEnd {
  Trace trace;
  std::vector<ProgramSeen> programs;
  std::vector<NamedThing> objects;  // by Operation::object; beyond the last: not known
  std::map<TaskId, int> roots;      // the first task of each program that was started -> instance; -1: not known
  // Times a task blocked where the agent does not control it, from when on the execution cannot be repeated exactly.
  // The first time it was in an operation of this kind, at this place in the program.
  std::uint32_t lost = 0;
  StepKind lost_kind = StepKind::kOther;
  std::uint64_t lost_place = 0;
  std::uint32_t lost_call = 0;  // number + 1 of the system call, where the program made it by syscall(); 0: not known
  NotControlled used = NotControlled::kNothing;  // the first
  int differs_at = -1;                           // Scheduler::differs_at()
  bool stopped_by_steps = false;                 // more than twice most_steps
  bool ran_in_turn = false;       // more than most_steps: from then on everyone ran in turn, whatever the schedule says
  bool is_held = false;           // at the step at which it was to be
  bool stopped_by_tasks = false;  // more at a time than kMaxTasks
  std::uint64_t clock = 0;        // virtual nanoseconds since the start
  std::vector<WaitingTask> waiting;
  std::vector<WaitingTask> held;  // is_held: every task that the agent controls, with what it is about to do
  std::vector<OpenEnd> open_ends;
  std::vector<CrashedProcess> crashed;  // as far as its parent lived to see it
};

}  // namespace jitterlab
