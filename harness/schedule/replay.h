// Strategy "replay": the base policy (run to block, then the oldest) with a list of switches away from it. Any schedule
// can be told like this (recorder.h); a shortened one needs one or two switches. Freestanding.
//
// A switch names its place by the task that ran last and how many operations it had executed, not by a global number:
// so, when one switch is taken out of a list, the others stay where they belong.
#pragma once

#include "schedule/strategy.h"

namespace jitterlab {

// Once task `from` ran last and has executed `after` operations, `to` goes on. Tasks are numbered from 0 in the order
// of their creation. from = after = 0 is the place before anything ran.
struct Switch {
  std::uint32_t after = 0;
  std::uint16_t from = 0;
  std::uint16_t to = 0;
  bool operator==(const Switch&) const = default;
};

class Replay {
 public:
  static constexpr int kMaxSwitches = 4096;
  // Exact: a switch to a task that is not enabled is a difference. Loose: it is left out.
  enum class Mode : std::uint8_t { kExact, kLoose };

  // Before begin(), by the harness. add() is false when the list is full; the switch is then not added.
  void set_mode(Mode mode) { mode_ = mode; }
  bool add(Switch one);
  void clear() { count_ = 0; }

  // Goes back to the start of the list.
  void begin(std::uint64_t seed, const Hints& hints);
  void task_created(TaskRef parent, TaskRef child);
  int pick(const Enabled& enabled);
  void executed(TaskRef task, const Operation& operation);

  // The choice (as Enabled::step) at which an exact replay could not switch; -1: none.
  int differs_at() const { return differs_at_; }
  // Switches of the list whose place came up and whose task could go on. In an exact replay all must have been.
  int used() const { return used_; }
  int size() const { return count_; }

 private:
  const Switch* switch_here();

  Mode mode_ = Mode::kExact;
  int count_ = 0;
  int next_ = 0;  // where the next switch is looked for first: they are used in order, unless some are left out
  int used_ = 0;
  int differs_at_ = -1;
  std::uint16_t created_ = 0;
  std::uint16_t last_ = 0;                  // number of the task that ran last
  std::uint32_t last_executed_ = 0;         // operations it has executed
  std::uint16_t numbers_[kMaxTasks] = {};   // by slot
  std::uint32_t executed_[kMaxTasks] = {};  // by slot
  Switch switches_[kMaxSwitches] = {};
};

}  // namespace jitterlab
