// Strategy "controlled": one task runs at a time, the one that holds the baton. Before every visible operation it asks
// the strategy who goes on; whoever was not chosen is parked.
//
// All functions act on the calling task and on the control area. They use raw system calls only, allocate nothing and
// may be called in signal handlers. Nothing here is called in plain or jitter executions.
#pragma once

#include <cstdint>

#include "agent/control_area.h"

namespace jitterlab {

struct Step;

// True when this execution is controlled and the calling task takes part in it.
bool is_controlled();

// Parks the calling task before an operation until it is chosen and the operation would not block. The caller then
// carries it out at once. kInterrupted: a handler ran; `restarts` says whether the call is to go on all the same.
struct Resumed {
  Outcome outcome = Outcome::kGo;
  bool restarts = false;
};
Resumed controlled_step(const Step& step, const Wait& wait);

// Where in a script the calling task is, as Step::pc has it; null: in none. Set where there is an interpreter: what it
// calls libc for is told at the line of the script.
using ScriptPlace = const void* (*)();
extern ScriptPlace script_place;

// See step.h.
void note_in_trace(const Step& what);
void note_detail_in_trace(std::uint64_t detail);

// A slot for a task that is about to be made; it can be chosen from now on. -1: there is none, control is lost.
int create_slot(TaskId parent, TaskId child, bool is_main);
// It could not be made after all.
void drop_slot(int slot);
// The process or thread of a slot, as its creator knows it.
void settle_slot(int slot, std::int32_t pid);
// The caller of vfork goes on: its child called _exit, being the process `ended`, or was made another program, or there
// never was one.
void settle_vfork(int slot, std::int32_t ended);

// The calling task begins to run and waits until it is chosen for the first time. `is_new` false: the image of the
// process was replaced (exec); it still has the baton.
void arrive(bool is_new);

// The calling task ends: the baton goes to somebody who first waits until it is really gone, since only then its
// semaphores are undone, its pipes closed and its parent can wait for it. The caller ends without delay.
enum class Ends { kThread, kProcess };
void leave(Ends what);

// The calling process is about to die of `signal`, which nobody sent.
void note_crash(int signal);

// SIGKILL, SIGSTOP or SIGCONT was sent to a process, or to a group as kill() names it. Waits until those of the
// execution that it was meant for are gone, or have stopped; the calling process is not looked at.
void note_killed(std::int32_t target);
void note_stopped(std::int32_t target);
void note_continued(std::int32_t target);
// Before a signal to a group that ends or stops the calling process as well.
void send_to_others_of_group(std::int32_t target, int signal);
// Whether kill(target, …) by the calling process reaches the process `pid`.
bool is_meant(std::int32_t target, std::int32_t pid);

// The calling process is stopped by a signal, which it sends itself or which is pending: somebody else goes on
// meanwhile. Comes back when it was continued and chosen.
enum class Stop { kByUs, kIsPending };
void stop_oneself(int signal, Stop how);

// The first task of a process of the execution; 0: not known.
TaskId process_of(std::int32_t pid);

// From now on nothing is to be concluded from this execution, for this reason; of several the first.
void note_uncontrolled(Uncontrolled what);
// The calling task makes a system call that is not looked at; number + 1, 0: it is back.
void note_raw_call(std::uint32_t number);

// Between these no signal is taken. A thread or process made in between begins with Task::masked and Task::mask as its
// creator had them.
void hold_signals();
void release_signals();

// Between these, signals of `mask` do not interrupt the calling task, and all others do (sigsuspend).
void set_waiting_mask(std::uint64_t mask);
void clear_waiting_mask();

// Of a task that was made.
bool has_ended(TaskId task);

// The thread that runs the task was cancelled: its next cancellation point ends it.
void note_cancelled(TaskId task);
void end_if_cancelled();
// Whether the calling task takes no notice of that now.
void ignore_cancel(bool ignores);

// After an operation that changed something that no operation of ours names: everybody looks again.
void everybody_looks_again();

// The number of an object in this execution, the same in every execution: numbers are given in the order in which
// objects are first named. `kind` tells apart what is told apart by `a` and `b` only within a kind.
std::uint64_t object_number(Named kind, std::uint64_t a, std::uint64_t b = 0);

// Virtual time in nanoseconds since the start; every look at it takes a little.
std::uint64_t virtual_clock();

// Time passes although somebody runs.
void let_time_pass(std::uint64_t nanoseconds);

// Wakes up to `most` tasks that wait for a futex, in the order of their waiting; the number woken.
int wake_futex(std::uint64_t key, int most, std::uint32_t bits);
int waiters_of_futex(std::uint64_t key);
// Tasks that wait in semop for a member of a set to grow, or to become zero. Now that somebody knows, they do wait: the
// kernel completes their operation at the moment when it can be, in the order in which they came.
int waiters_of_semaphore(std::int32_t id, std::uint16_t member, bool for_zero);
// A lock was given back in the middle of an operation: whoever waits for it looks again.
void note_unlock(std::uint64_t object, std::uint64_t offset);
// What came of the operation that the calling task has just carried out (call.h). For the trace only.
void note_result(std::uint64_t value);
// An object that no other call names.
std::uint64_t new_object();
// Moves waiters from one futex to another; the number moved.
int requeue_futex(std::uint64_t from, std::uint64_t to, int most);

}  // namespace jitterlab
