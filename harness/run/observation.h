// All that was seen in one execution. No opinion: whether it is right is for check/ to say.
//
// Plain data, written by run_execution.cc only, and complete: checks and reports can be computed again from a saved
// observation (observation_json.h) on another machine.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "os/ending.h"
#include "plan/execution.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

enum class Stream { kOut, kErr };

// What one write call gave, in the order of arrival. Stdout and stderr each have one order over all processes; between
// the two the order is only approximate.
struct OutputPiece {
  int instance = -1;  // index into Observation::instances; -1: the kernel could not tell
  int pid = 0;        // of the writer, inside the sandbox, given by the kernel
  Stream stream = Stream::kOut;
  std::string bytes;  // as written; any bytes
};

// One instance of a role.
struct InstanceSeen {
  std::string role;
  int number = 0;  // 0 .. Role::instances - 1, counted on when a step starts the role again
  Origin origin = Origin::kSubmission;
  int pid = 0;                // 0: was never started (its start condition never held)
  Ending ending;              // of its first process
  bool sent_sigterm = false;  // by us, as the scenario says
  bool alive_at_end = false;  // killed by us when the execution was over
  double cpu_seconds = 0;
};

// kSteps: a bound of controlled executions, Observation::controlled says which.
enum class Limit { kNone, kWall, kMemory, kOutput, kSteps };

// A System V object that somebody created or opened.
struct ObjectSeen {
  ObjectKind kind = ObjectKind::kSegment;
  std::int64_t key = 0;
  int id = 0;
  int mode = 0;           // permission bits
  std::int64_t size = 0;  // bytes of a segment, number of semaphores, 0 for a queue
  bool operated = false;  // a semop was done on it, a message was sent through it, a segment was attached
  bool erased = false;    // by the programs, before the end
  int creator_pid = 0;    // inside the sandbox
};

struct LeftOver {
  LeftKind kind = LeftKind::kFile;
  std::string name;  // path, or "key 0x3039, 20 bytes", or the command of a process
  int pid = 0;       // who made it, 0 when not known
};

struct Observation {
  Execution execution;
  std::map<std::string, std::vector<std::string>> parameters;  // as drawn for this execution
  std::vector<InstanceSeen> instances;
  std::vector<OutputPiece> output;
  bool output_cut = false;  // there was more than the limit allows
  std::vector<ObjectSeen> objects;
  std::vector<std::string> used;  // mechanisms, spelt as in lab files
  std::vector<LeftOver> left_behind;
  int left_behind_more = 0;    // found and removed beyond those listed
  bool came_to_rest = false;   // everyone waited, nobody could go on, and somebody should have ended by itself
  Limit limit = Limit::kNone;  // what ended the execution, if a limit did
  std::uint64_t steps = 0;     // counted by the agent; information only
  std::string interference;    // not empty: what the submission did to the harness
  // Of a controlled execution, unless there is interference: information, as it was in the programs' reach.
  std::optional<ControlledEnd> controlled;
};

// The name of an instance in reports: "consumer", or, when the role has several, "consumer 2" with the number that
// {instance} stands for in its arguments.
std::string instance_name(const Observation& observation, int instance);

// At rest somebody goes round for ever in a loop that tries again and again. One that only reads the same again and
// again waits, as in a deadlock.
bool is_livelock(const Observation& observation);

// Everything written to `stream`, in one order; by one role only when `role` is not empty.
std::string text_of(const Observation& observation, Stream stream, const std::string& role = "");

}  // namespace jitterlab
