// What SURW must know of earlier executions: who touches which object how often, and who creates whom. Harness side,
// pure: fed from traces.
//
// Differs from Zhao et al. (ASPLOS 2025), who profile once: of several profiles the smallest count is kept, since a
// loop that waits by polling counts too much in the executions in which it has to wait long.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "schedule/strategy.h"

namespace jitterlab {

class SurwProfile {
 public:
  // One execution, in its order; then end_execution().
  void task_created(TaskId parent, TaskId child);
  void executed(TaskId task, const Operation& operation);
  void end_execution();

  // Weights for the operations on one object, drawn by `seed` in proportion to how often it is touched, among those
  // that two tasks touch and one changes, or that one task touches and changes which is sent signals: then these are
  // weighed too. With none of them, the same as basic_hints().
  Hints hints(std::uint64_t seed) const;
  // Weights for all operations.
  Hints basic_hints() const;

 private:
  using Part = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;  // object, offset, size
  using Counts = std::map<TaskId, std::uint32_t>;
  struct Touched {
    Counts counts;
    bool is_written = false;
  };

  static Part part_of(const Operation& operation);
  struct Candidate {
    Part part;
    TaskId signalled = 0;  // with the signals sent to this task; 0: without
    std::uint64_t operations = 0;
  };
  std::vector<Candidate> candidates() const;
  Hints weigh(const Counts& counts) const;

  std::map<Part, Touched> parts_, current_parts_;
  std::map<TaskId, Counts> signals_, current_signals_;  // by the task they are sent to
  Counts all_, current_all_;
  std::vector<std::pair<TaskId, TaskId>> created_, current_created_;  // parent, child; parents first
};

}  // namespace jitterlab
