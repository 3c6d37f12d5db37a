// Who waits for what at the end of a controlled execution, and who could still end the wait. Pure.
//
// Who could: the holder, where there is one; else whoever did such a thing to it in this execution, or in one that
// passes (tasks have the same ids in all); else, where nobody ever did, whoever is left.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "analysis/task_list.h"
#include "analysis/things.h"

namespace jitterlab {

// Why a task is thought to be able to end a wait.
struct Claim {
  enum class Why : std::uint8_t {
    kHolds,       // took it and has not given it back
    kDescriptor,  // has the other end of the pipe open
    kIsAwaited,   // its end is
    kDidIt,       // gave it, or sent to it, in this execution
    kDoesIt,      // … in one that passes
    kIsLeft,      // nobody ever did it, and it is not known what this task would do
    kDidToCopy,   // did it, in this execution, to what has the same name and address in its own process
    kHeldAtFork,  // had taken the lock when the process of who waits was forked from its own: the copy stays locked
  };
  TaskId task = 0;
  Why why = Why::kHolds;
  std::size_t event = 0;  // kHolds, kDidIt, kDidToCopy, kHeldAtFork: the last one
  std::size_t does = 0;   // kDoesIt: the event of the passing execution
  // kDidIt, kDoesIt: the task now waits for others to end, and nothing shows that it would do it again after that.
  bool is_over = false;
  // Not: what it does, or did, is done to another thing.
  bool can_reach() const { return why != Why::kDidToCopy && why != Why::kHeldAtFork; }
  bool is_certain() const { return why == Why::kHolds || why == Why::kDescriptor || why == Why::kIsAwaited; }
};

struct WaitNode {
  const WaitingTask* task = nullptr;
  Thing thing;
  std::vector<Claim> claims;
  const Claim* holder() const;
  bool waits_for_end() const;     // of another process or thread
  bool waits_for_signal() const;  // of any kind: one that came and is gone is no one's to give
};

class WaitGraph {
 public:
  // `passing` may be null. All must outlive the graph.
  WaitGraph(const ControlledEnd& end, const TaskList& tasks, const Things& things, const Trace* passing);

  const std::vector<WaitNode>& nodes() const { return nodes_; }
  const WaitNode* find(TaskId task) const;

  // Tasks that wait for each other in a circle, each for the next; a single one waits for itself. Empty: there is none.
  std::vector<TaskId> cycle() const;

 private:
  std::vector<WaitNode> nodes_;
};

// The value of a semaphore and who changed it how.
struct SemaphoreHistory {
  struct Change {
    std::size_t event = 0;
    TaskId task = 0;
    int by = 0;
    bool is_set = false;       // to `value`
    std::optional<int> value;  // afterwards
  };
  std::vector<Change> changes;
};
SemaphoreHistory history_of(const Trace& trace, const Things& things, const Thing& semaphore);

// True when the operation takes and false when it gives a lock back; nothing for all others, and for tries that failed.
std::optional<bool> takes_lock(const TraceEvent& event);

}  // namespace jitterlab
