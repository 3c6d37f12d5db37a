// Why nobody could go on at the end of a controlled execution, in words that a student can follow. Pure.
#pragma once

#include <string>
#include <vector>

#include "analysis/sites.h"
#include "analysis/task_list.h"
#include "analysis/things.h"
#include "analysis/wait_graph.h"

namespace jitterlab {

enum class DeadlockKind {
  kCircularWait,
  kSelfDeadlock,
  kLostWakeUp,     // the signal came before the wait, or went to somebody else
  kProcessEnded,   // who was to give it back, or to give it at all, has ended
  kNeverSent,      // nobody sends what is waited for
  kWriteEndOpen,   // the end of a pipe that somebody keeps open
  kValueSetAgain,  // a V was wiped out by SETVAL
  kOneProcess,     // what another process did to it, or to its copy of it, wakes nobody here
  kHeldAtFork,     // a thread of the parent had the lock at the fork; the copy of the child stays locked
  kUnknown,
};

// "circular-wait", …: how it is called in JSON and beside test programs.
std::string to_string(DeadlockKind kind);

// One task that waits.
struct Waiter {
  std::string task;
  std::string place;            // "prog.c:12 (function)"
  std::string thing;            // "semaphore 1"
  std::vector<std::string> on;  // tasks that could end the wait
  std::string words;            // all of it as a sentence
};

struct Deadlock {
  DeadlockKind kind = DeadlockKind::kUnknown;
  std::string headline;
  std::vector<Waiter> waiters;          // those who are the cause first
  std::vector<std::string> circle;      // of a circular wait: tasks and what they wait for, in turn, as a picture
  std::vector<std::string> conditions;  // of a circular wait: Coffman's four, each with what shows it
  std::vector<TaskId> at_fault;         // tasks of the cause
  std::vector<Thing> things;            // what they wait for or hold
  std::vector<TaskId> ended;            // tasks that could have helped, but have ended
  std::vector<std::size_t> decisive;    // events that say all of how it came about; empty: these are not known
};

// Coffman, Elphick, Shoshani: "System Deadlocks", Computing Surveys 1971. `passing` may be null.
Deadlock explain_deadlock(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Sites& sites,
                          const Trace* passing);

// The whole as lines of text.
std::vector<std::string> lines_of(const Deadlock& deadlock);

}  // namespace jitterlab
