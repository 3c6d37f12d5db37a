// What controlled executions add to the control area: who holds the baton, who waits for what, the virtual clock, the
// strategy's state, the trace. Included by control_area.h only.
//
// One writer at a time: the task that holds the baton. A parked task touches its own `turn` and, asked to probe, its
// own answer. Only `holder` and `turn` are therefore atomic. Plain data, no pointers that mean anything to another
// process, except those marked as belonging to the process `pid`.
#pragma once

#include <atomic>
#include <cstdint>

#include "schedule/loop_proof.h"
#include "schedule/mix.h"
#include "schedule/scheduler.h"
#include "schedule/strategy.h"
#include "schedule/trace_event.h"

namespace jitterlab {

inline constexpr std::uint32_t kMostTraceEvents = 1 << 17;
inline constexpr std::uint32_t kRoomForNotes = kMostTraceEvents / 2;  // steps need the rest
inline constexpr int kMostObjects = 4096;                             // a power of two
inline constexpr int kMostSemaphoreOperations = 8;

// What a parked task is told; it waits while this is kStay.
enum class Turn : std::uint32_t {
  kStay,
  kGo,      // it was chosen and has the baton
  kDecide,  // it has the baton only to choose the next task: the one before is dying
  kProbe,   // it is to find out whether it could go on, and to say so
};

enum class WaitFor : std::uint8_t {
  kNothing,     // it can always go on
  kSemaphores,  // a semop: any process can tell
  kSending,     // a msgsnd
  kReceiving,   // a msgrcv
  kTask,        // the end of another task
  kFutex,       // to be woken
  kWrite,       // a write to what it reads again and again
  kOwn,         // only its own process can tell, by calling `probe`
  kNever,       // a signal, or the time
};

// Why a task goes on. kCancelled: by pthread_cancel.
enum class Outcome : std::uint8_t { kGo, kTimedOut, kInterrupted, kCancelled };

// What a wait does when its thread is cancelled.
enum class OnCancel : std::uint8_t {
  kWaits,   // it is no cancellation point
  kEnds,    // the thread ends
  kReturns  // it returns, and its caller ends the thread
};

struct SemaphoreOperation {
  std::uint16_t member;
  std::int16_t change;
  std::int16_t flags;
};

struct Wait {
  WaitFor what = WaitFor::kNothing;
  bool is_descriptor = false;  // any transfer of bytes or end of a process may end it
  bool is_served = false;      // as System V does it: the kernel completes it at the moment of the change
  OnCancel on_cancel = OnCancel::kWaits;
  bool is_guard = false;        // its deadline is there in case that others never come: see Controlled::slow_others
  bool in_real_time = false;    // the kernel may end it by itself: it asks again for a connection that it dropped
  std::uint64_t deadline = 0;   // virtual nanoseconds; 0: none
  std::int32_t id = 0;          // of the semaphore set or queue
  std::int64_t type = 0;        // kReceiving: as in msgrcv; kSending: bytes of the message
  std::int32_t flags = 0;       // kReceiving
  std::uint64_t task = 0;       // kTask: its id
  std::uint64_t key = 0;        // kFutex: object and offset, mixed
  std::uint32_t bits = ~0u;     // kFutex: FUTEX_WAIT_BITSET
  std::int32_t operations = 0;  // kSemaphores
  SemaphoreOperation operation[kMostSemaphoreOperations] = {};
  // kOwn: of the process `pid` of the task.
  bool (*probe)(const void* argument) = nullptr;
  const void* argument = nullptr;
};

// A timer that a process has set: a task of its own for the strategy, with a deadline at which it sends a signal.
struct VirtualTimer {
  std::int32_t kind;          // TimerKind
  std::int32_t signal;        // 0: none
  std::int32_t clock;         // of timer_create
  std::int32_t tid;           // the signal goes to this thread; 0: to the process
  std::uint64_t interval;     // virtual nanoseconds; 0: it expires once
  std::int64_t value;         // sigval
  std::uint64_t expirations;  // timerfd: not yet told to the descriptor
  std::int32_t holders[4];    // timerfd: other processes that have the descriptor
  std::uint32_t steps;        // of all tasks, since it was set
  std::uint32_t due_steps;    // likewise since its time has come
  bool must_wait;             // it has expired, and its process has done nothing since but run signal handlers
};

enum class Life : std::uint8_t {
  kNone,     // the slot is free
  kParked,   // before `operation`; perhaps its process or thread does not run yet
  kRunning,  // it holds the baton
  kOutside,  // it was taken the baton from: it waits in a call that we do not control
};

struct ControlledTask {
  std::atomic<std::uint32_t> turn;  // Turn; a futex
  Life life;
  bool arrived;         // it runs the agent
  bool stale;           // `ready` may have changed
  bool ready;           // its operation would not block
  bool maybe_signal;    // a signal may be pending
  bool interrupted;     // one is that has a handler, or is fatal
  bool restarts;        // the handler was set with SA_RESTART
  bool fatal;           // the signal ends the process
  bool woken;           // kFutex, kWrite
  bool is_main;         // the first task of its process
  bool in_kernel;       // System V: known to wait in its call, where the kernel serves it before anybody else goes on
  bool is_timer;        // nobody runs it: whoever has the baton sends its signal
  bool cancelled;       // by pthread_cancel
  bool ignores_cancel;  // pthread_setcancelstate
  bool stopped;         // its process is, by SIGSTOP or one of its kin
  bool in_handler;      // its operation is one of a signal handler
  bool waited;          // its operation could not go on when it was looked at first
  std::uint8_t effect;  // of its operation
  std::uint8_t stop_signal;  // pending, and stops the process; 0: none
  Outcome outcome;
  std::int32_t await_stop;  // before it goes on, this process must have stopped or ended; 0: none
  std::int32_t pid, tid, parent_pid;
  std::int32_t await_pid;  // before it goes on, this process must be dead; 0: none
  std::int32_t await_tid;  // likewise a thread of await_tgid
  std::int32_t await_tgid;
  std::uint32_t queued;        // kFutex, System V: place in the order of waiting
  std::uint64_t published_at;  // Controlled::progress when it came to its step
  std::uint32_t raw_call;      // number + 1 of the system call that it makes by syscall(); 0: none
  TaskRef ref;
  TaskId process;             // the first task of its process
  std::uint64_t given_up_at;  // place of its last wait with a limit, if the time was over then
  VirtualTimer timer;
  Operation operation;
  std::uint64_t callers;  // of its place: callers.h
  std::uint64_t detail;   // TraceEvent::detail
  Wait wait;
};

// What a program used that cannot be controlled, and that is refused or goes its own way.
enum class Uncontrolled : std::uint32_t {
  kNothing,
  kTimerThread,    // timer_create with SIGEV_THREAD: refused
  kMessageThread,  // mq_notify likewise
  kClone,          // a task made by clone() or by a system call of the program's own
};

enum class Stopped : std::uint32_t { kNot, kSteps, kTasks, kHeld };

// A process that died of a signal that nobody sent: a fault, a failed assertion.
struct Crash {
  TaskId process;
  std::int32_t pid;
  std::int32_t signal;  // 0: its parent, who alone is told, has not looked yet
};
inline constexpr std::uint32_t kMostCrashes = 16;

struct KnownObject {
  std::uint64_t key;  // 0: free
  std::uint64_t number;
};

// What the numbers of objects and places stand for, for those who read the trace.
inline constexpr int kMostNamedObjects = 512;
enum class Named : std::uint8_t {
  kSegment = 1,
  kSemaphores,
  kQueue,
  kFile,
  kMapping,
  kPrivate,
  kFutex,
  kSocket,
  kOutput,
  kSignals
};
constexpr std::uint64_t object_key(Named kind, std::uint64_t a, std::uint64_t b) {
  return mix(static_cast<std::uint64_t>(kind), a, b) | 1;
}
struct NamedObject {
  std::uint8_t kind;  // Named; 0: not known
  std::uint64_t a, b;
};
inline constexpr int kMostPrograms = 16;
inline constexpr int kProgramPath = 120;
struct ProgramName {
  char path[kProgramPath];  // ends with a zero byte; empty: free
  std::uint64_t bias;       // address in memory - address in the ELF file
};

struct Controlled {
  std::atomic<std::int32_t> holder;  // slot + 1 of the task that has the baton; 0: nobody yet; -1: all have ended
  std::atomic<std::uint32_t> roots;  // programs that box init started or is about to start
  std::uint32_t admitted;            // those of them that have a slot
  std::uint16_t root_number[kMaxTasks];
  std::uint32_t most_steps;  // after these everyone runs in turn, for as many once more
  std::uint32_t stop_at;     // before this step, counted from 1, everyone is held; 0: never
  // Sleepers may go on at any time, as if others were slow. Not after a time limit of a second or more on a wait for
  // others: who gives up then has not relied on the time, but guards against a failure.
  bool slow_others;
  bool has_notices;  // mq_notify was called: a message may send a signal
  std::uint64_t clock;
  std::atomic<std::uint64_t> progress;  // changes whenever a task was chosen
  // At rest: nobody can go on. `looks` counts the looks that found it so, ever.
  std::atomic<std::uint32_t> resting;
  std::atomic<std::uint32_t> looks;
  std::atomic<std::uint32_t> patience;     // looks since it would be at rest but for a wait in real time
  std::atomic<std::uint32_t> stopped;      // Stopped: a limit was reached
  std::atomic<std::uint32_t> ending;       // box init is about to kill everybody: what comes of that is no part of it
  std::atomic<std::uint32_t> orders;       // of the harness that a loop may look for, as input; odd: one is under way
  std::atomic<std::uint32_t> answer;       // a futex: the probe that was asked for is done
  std::atomic<std::uint32_t> lost;         // times a task blocked where we do not control it
  std::uint64_t lost_place;                // in the program, the first time
  Uncontrolled uncontrolled;               // the first
  std::uint32_t lost_call;                 // number + 1 of the system call that was made by syscall(), then; 0: none
  std::uint32_t lost_kind;                 // StepKind of its last operation
  std::uint32_t next_queued;               // last place given in the order of waiting
  std::uint32_t task_count;                // alive
  std::uint32_t timer_count;               // of them, those that are timers
  std::uint8_t order[kMaxTasks];           // slots of those alive, in the order of creation
  std::uint64_t next_object;               // number
  std::int32_t last_slot;                  // of the task that ran last
  std::uint32_t last_trace;                // its event in the trace
  std::atomic<std::uint32_t> trace_count;  // events; may exceed kMostTraceEvents, what is beyond is not kept
  std::uint32_t notes_end;                 // 1 + trace_count when a note found no room; 0: none did
  ControlledTask tasks[kMaxTasks];
  bool runs_in_turn;  // there were more steps than most_steps
  std::uint32_t share_left;
  std::uint32_t crash_count;  // may exceed kMostCrashes, what is beyond is not kept
  Crash crashes[kMostCrashes];
  std::uint32_t unknown_crashes;  // those without a signal
  ProgramName programs[kMostPrograms];
  NamedObject named[kMostNamedObjects];  // by number
  KnownObject objects[kMostObjects];     // box init does not read from here on, but for scheduler and loops
  Scheduler scheduler;
  Enabled enabled;
  std::uint64_t due[kMaxTasks];  // of each of them: its deadline, 0: it can go on at once
  LoopProof loops;
  std::uint32_t orders_seen;
};

}  // namespace jitterlab
