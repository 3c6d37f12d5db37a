// Who the calling thread is: its logical identity, kept over exec, and where its steps are counted.
//
// A root task is started by box init; its id comes from JITTERLAB_ROOT. The k-th child of a task has the id
// mix(parent's id, k), so ids are the same in every execution in which each task creates its children in the same order
// (as in SURW and rr-like replayers: a path of creation indices, packed into one number).
#pragma once

#include <cstdint>

#include "agent/baton.h"
#include "agent/busy_waiting.h"
#include "agent/control_area.h"
#include "agent/kernel_signals.h"

namespace jitterlab {

// The last reads of a task, to notice that it only reads the same again and again.
struct Spin {
  static constexpr std::uint32_t kRecent = 4;  // a loop of more reads is not noticed
  static constexpr std::uint32_t kEnough =
      12;  // reads in a row, of all of which the value was known; Fair::kSlowOthers
  std::uint64_t recent[kRecent];
  std::uint32_t next, repeats;
};

struct Task {
  ControlTask* entry;  // null: no control area, or no room in it
  std::uint64_t id;
  std::int32_t tid;
  std::uint32_t uncounted;              // steps not yet added to ControlArea::steps
  std::int32_t vfork_slot;              // its slot
  std::int32_t vfork_ended;             // the process of a vfork child that has called _exit; 0: none has
  std::uint64_t vfork_child;            // id of a vfork child that may be running on this task's stack; 0: none
  std::uintptr_t stack_end;             // one past the highest address of its stack; 0: not known
  bool has_exited;                      // its last step was taken
  bool shares_stack;                    // it has created a thread, which may have been told of variables there, …
  std::uintptr_t handles, handles_end;  // … but hardly of these, which name the threads it created last
  // Controlled executions only.
  bool busy;          // inside the agent: callbacks of functions that it calls itself are no steps
  bool masked;        // signals are blocked, and `mask` is what the program wants
  std::int32_t slot;  // in Controlled::tasks; -1: none
  SignalMask mask;
  std::uint32_t clock_looks;     // since its last step
  bool has_seen_time;            // since its last step
  std::uint32_t spin_looks;      // since it began to read the same again and again
  std::uint64_t random_numbers;  // drawn so far
  std::uint64_t transfers;       // of bytes, in scenarios with faults
  bool has_waiting_mask;         // sigsuspend: what is delivered is judged by `waiting_mask`
  SignalMask waiting_mask;
  std::uintptr_t handler_frame;  // of the agent's function in which a signal handler runs; 0: none does
  Spin spin;
  BusyWaiting busy_waiting;
};

// Of the calling thread.
extern __thread Task this_task;

// The area of this execution, or null.
extern ControlArea* control_area;
// Path of the FIFO beside it.
extern char bell_path[];

// The value of a variable, or null.
const char* find_variable(char** environment, const char* name);

// The id of the task that is the first of program number `number`, below 1000.
TaskId root_task_id(int number);

// Maps the control area named in the environment.
void find_control_area(char** environment);

// Finds out who this process is, by its thread id (after exec), a promise of its parent, or as a root. Returns true
// when the task is new, not one that went on after exec.
bool find_task(char** environment);

// The id of the calling task's next child; each call uses up one index.
std::uint64_t next_child();

// The calling thread becomes the task `id`; called first thing in a new thread and in a forked child.
enum class NewTask { kThread, kProcess };
void become_task(std::uint64_t id, NewTask what);

// Called when the entry of the calling task is no longer its own. A child that no wrapper saw being made becomes a task
// now (true); otherwise the program wrote into the control area, which is counted as damage, and the task takes no more
// steps (false).
bool find_lost_identity();

// The first task of this process.
TaskId this_process();

// The object that private memory of this process belongs to, in a controlled execution.
std::uint64_t process_object();

// The calling thread, or its process, ends: its entry may be used again, the baton goes to another task. Of a vfork
// child only what was prepared for it ends.
void end_task(Ends what);

// True in a vfork child, which runs in the memory of its suspended parent. Otherwise clears Task::vfork_child, since
// the parent goes on only when its child has ended or called exec.
bool is_vfork_child();

// For a child that is started out of the agent's sight: the next process whose parent is this one becomes `id`. Returns
// an entry for settle(), or null.
ControlTask* promise_task(std::uint64_t id);

// The child of a promise is the process `pid`; 0: there is none, the promise is withdrawn unless it was taken.
void settle_promise(ControlTask* promise, std::int32_t pid);

// A vfork child is about to call exec: its identity must be found by its thread id.
void hand_identity_over_exec();

}  // namespace jitterlab
