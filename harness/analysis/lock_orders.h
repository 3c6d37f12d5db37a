// Locks that tasks take in orders that could meet, in an execution in which they did not: a cycle of tasks each of
// which holds a lock and asks for that of the next. After Goodlock (Havelund: "Using Runtime Analysis to Guide Model
// Checking of Java Programs", SPIN 2000; Bensalem and Havelund: "Dynamic Deadlock Analysis of Multi-Threaded Programs",
// 2005): it is none where a further lock guards two of them, or where creating, waiting, a message or the like orders
// them (lock_steering.h). A suspicion, told to nobody: steering an execution there shows whether it is one. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "sandbox/controlled_end.h"

namespace jitterlab {

using Lock = std::pair<std::uint64_t, std::uint64_t>;  // object, offset

// What a step does to a lock. Locks are mutexes, read-write and spin locks, and semaphores that who took them gives
// back.
struct LockUse {
  Lock lock;
  bool takes = false;  // else gives
  bool waits = false;  // takes it, however long that takes: no try
};
// By index in Trace::events. Of notes those that give: they belong to the step that they follow.
std::map<std::size_t, LockUse> lock_uses(const Trace& trace);

// A task that asked for a lock while it held another.
struct LockStep {
  TaskId task = 0;
  Lock held, wanted;
  std::size_t took = 0, asked = 0;  // indices in Trace::events
  std::vector<Lock> others;         // that it held when it asked
};

// Each wants what the next one holds, the last what the first holds.
using LockCycle = std::vector<LockStep>;

// The first so many, the shortest first. What orders them is not looked at.
inline constexpr std::size_t kMostCycles = 8;
std::vector<LockCycle> lock_cycles(const Trace& trace);

}  // namespace jitterlab
