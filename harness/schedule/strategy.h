// The words in which strategies are asked and answer. Freestanding: strategies are compiled into the agent, and their
// state lies in memory that processes map at different addresses: no pointers, no constructors that are needed, no
// heap.
//
// Every strategy is a plain class with the same four functions:
//
//   void begin(std::uint64_t seed, const Hints& hints);            // before the first task; forgets the last execution
//   void task_created(TaskRef parent, TaskRef child);              // before the child can be enabled; roots: kNobody
//   int pick(const Enabled& enabled);                              // at a choice: an index into enabled.pending
//   void executed(TaskRef task, const Operation& operation);       // after every step, also after forced ones
//
// A choice is a scheduling point at which two or more tasks are enabled. With one enabled task there is nothing to
// choose: pick() is not called and the choice is not counted, so that programs do not look longer than they are.
// Scheduler (scheduler.h) is the one caller in the agent and keeps these rules. Only the holder of the baton calls:
// nothing here is atomic. Random numbers come from mix(seed, step, task), never from a shared stream.
#pragma once

#include <cstdint>

#include "schedule/call.h"
#include "schedule/jitter.h"

namespace jitterlab {

inline constexpr int kMaxTasks = 64;  // alive at the same time

using TaskId = std::uint64_t;   // logical: the same in every execution; 0: nobody
using TaskSet = std::uint64_t;  // bit s: the task in slot s

// A task as strategies see it. `slot` is below kMaxTasks and its own while it lives; it is given again only after the
// task's kExit was executed.
struct TaskRef {
  TaskId id = 0;
  std::uint32_t slot = 0;
  TaskSet bit() const { return TaskSet{1} << slot; }
};
inline constexpr TaskRef kNobody{};

// What a task is about to do.
struct Operation {
  StepKind kind = StepKind::kOther;
  bool is_write = false;  // changes the object; P and V do, a read or a wait for zero does not
  Call call = Call::kNone;
  std::uint32_t size = 0;  // bytes, or members of a semaphore set; 0: the whole object
  // What it is done to, unique among all objects of whatever kind in this execution: a segment (not an address:
  // processes attach at different ones), a semaphore set, a queue, a pipe, a lock. 0: none.
  // kExit and kWait: the process that may wait. kSignal: the id of the task it is sent to.
  std::uint64_t object = 0;
  std::uint64_t offset = 0;  // byte in the segment, member of the set
  std::uint64_t place = 0;   // in the program
};

struct Pending {
  TaskRef task;
  Operation operation;
};

// All tasks that could carry out their next operation now, no others, in the order of their creation. Large: keep one
// and fill its first `count` entries, rather than making a new one at every step.
struct Enabled {
  std::uint32_t step = 0;  // choices made before this one
  int count = 0;
  int last = -1;  // index of the task that ran last, if it is among them
  Pending pending[kMaxTasks];
};

// A choice as it was made, for the trace. Indices as in Enabled, after Fair took tasks out.
struct Choice {
  static constexpr std::uint8_t kNone = 255;
  std::uint8_t count = 0;     // tasks that could have been picked; 1: forced, not counted
  std::uint8_t picked = 0;    // index
  std::uint8_t last = kNone;  // index of the task that ran last; kNone: it could not go on
  bool operator==(const Choice&) const = default;
  // Away from a task that could have gone on.
  bool is_preemption() const { return last != kNone && picked != last; }
};

// The base policy, against which preemptions are counted: run to block, then the oldest enabled task.
inline int run_to_block(const Enabled& enabled) { return enabled.last >= 0 ? enabled.last : 0; }

struct TaskWeight {
  TaskId task = 0;
  std::uint32_t weight = 0;
};

// What is known from earlier executions; strategies ignore what is not for them.
struct Hints {
  std::uint32_t depth = 2;    // PCT: d, the number of ordering constraints of the bugs it is to find
  std::uint32_t choices = 0;  // PCT: k, the most choices seen in one execution; 0: not known yet
  // SURW: the operations whose order is sampled. object 0: all; size 0: the whole object.
  std::uint64_t object = 0, offset = 0, size = 0;
  TaskId signalled = 0;  // the signals sent to this task are among them; 0: none are
  // SURW: how many of them each task and its descendants carry out. Tasks that are not named have 0.
  std::uint32_t weight_count = 0;
  TaskWeight weights[kMaxTasks];
};

enum class StrategyKind : std::uint8_t { kRandom, kPct, kPos, kSurw, kFollow, kReplay };

}  // namespace jitterlab
