// The memory shared by box init and the agents of one execution: a file that box init makes before each execution and
// every agent maps. The programs under test can write to it, so nothing read from it ever earns a point.
//
// Freestanding; the layout is the same on both sides because both are built from this header.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "agent/controlled_area.h"
#include "schedule/mix.h"

namespace jitterlab {

inline constexpr std::uint64_t kControlMagic = 0x6a69747465723031;  // "jitter01"
inline constexpr int kControlTasks = 1024;
// Where the agent finds the file; in the environment because a box without namespaces has no fixed place for it.
inline constexpr char kControlVariable[] = "JITTERLAB_CONTROL";
// Set by box init for each program it starts: its instance number, a decimal number below 1000.
inline constexpr char kRootVariable[] = "JITTERLAB_ROOT";

// The id of the task that is the first of program number `number`, below 1000.
constexpr TaskId root_id(int number) { return mix(0x726f6f74 /* "root" */, static_cast<std::uint64_t>(number)); }

// A task, found again by its thread id after exec.
struct ControlTask {
  // 0: free; `id` and `steps` are those of the last task that had it. Negative: promised to a process that is just
  // being started by process -tid, in a way that the agent cannot follow (posix_spawn).
  std::atomic<std::int32_t> tid;
  std::atomic<std::uint32_t> children;  // forked or created so far
  std::uint64_t id;                     // logical: mix of the parent's id and its index among the siblings, never 0
  std::atomic<std::uint64_t> steps;
};

// What goes wrong often though it hardly ever does: as Fault in lab/lab.h.
enum FaultBits : std::uint32_t { kReadsAreShort = 1, kWritesAreShort = 2 };
inline constexpr int kMostSignalled = 100;

// kServing: before a controlled execution, for programs that are to become fork servers (fork_server.cc).
enum class ControlMode : std::uint32_t { kJitter, kControlled, kServing };

struct ControlArea {
  std::uint64_t magic;  // written last by box init
  std::uint64_t seed;
  std::atomic<std::uint64_t> steps;    // of all tasks
  std::atomic<std::uint32_t> roots;    // tasks without a parent under the agent
  std::atomic<std::uint32_t> damaged;  // an agent found the area not to make sense
  ControlMode mode;
  std::uint32_t faults;                        // FaultBits
  std::uint64_t root_signals[kMostSignalled];  // by root number: those that are sent at some step
  ControlTask tasks[kControlTasks];
  Controlled controlled;
};

// In controlled executions the file goes on with TraceEvent[kMostTraceEvents], sparse. Its other end is the bell, a
// FIFO beside it: a byte is written there when the programs came to rest or were stopped by a limit.
inline constexpr std::size_t kControlledFileSize =
    sizeof(ControlArea) + std::size_t{kMostTraceEvents} * sizeof(TraceEvent);
inline TraceEvent* trace_of(ControlArea* area) { return reinterpret_cast<TraceEvent*>(area + 1); }
inline constexpr char kBellSuffix[] = "-bell";

// What box init sends to a fork server, on the descriptor that it was started with: make a copy of yourself. With it
// come standard input, output and error, and the gate, which is at its end when the program may begin. Each is answered
// by the process id of the copy, an int32; so is the start, by 0.
inline constexpr int kServerChannel = 3;
struct ForkRequest {
  std::uint32_t processes;  // as many may the user have
  bool has_gate;
  char folder[255];  // to work in
};

}  // namespace jitterlab
