// Tells a run as its switches away from the base policy, for replay, tokens and shortening. Harness side, pure: fed
// from a trace.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "schedule/replay.h"
#include "schedule/strategy.h"

namespace jitterlab {

// Task number `task` ran, without another in between, until it had executed `until` operations in all.
struct Block {
  std::uint16_t task = 0;
  std::uint32_t until = 0;
  bool operator==(const Block&) const = default;
};

struct Recording {
  std::vector<Switch> switches;  // enough for an exact replay
  std::vector<Block> blocks;     // the whole run
  int preemptions = 0;
};

class Recorder {
 public:
  // In the order of the execution. `choice` is the one that let the task go on.
  void task_created(TaskId child);
  void executed(TaskId task, const Choice& choice);

  const Recording& recording() const { return recording_; }

 private:
  struct Known {
    std::uint16_t number = 0;
    std::uint32_t executed = 0;
  };

  std::map<TaskId, Known> tasks_;
  Known last_;  // the task that ran last
  Recording recording_;
};

}  // namespace jitterlab
