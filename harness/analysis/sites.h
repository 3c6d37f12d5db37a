// Where in the source an operation is said to be. Of a call in a function that only wraps it, P() around semop, it is
// the line that calls the wrapper.
//
// A function wraps a call when all that tasks ever did in it is one call, and it is called from several places, or its
// caller does something else besides. Told from the traces; no name of a function is special.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/source_names.h"
#include "sandbox/controlled_end.h"

namespace jitterlab {

class Sites {
 public:
  explicit Sites(SourceNames names) : names_(std::move(names)) {}

  // What is seen in further executions makes it more certain.
  void add(const Trace& trace);
  void add(const std::vector<WaitingTask>& waiting);

  SourceLine of(const TraceEvent& event) const;
  SourceLine of(const WaitingTask& task) const;

 private:
  using Chain = std::vector<std::uint64_t>;  // the place, its caller, the caller's caller
  void add(TaskId task, const Operation& operation, std::uint64_t callers);
  SourceLine of(TaskId task, const Operation& operation, std::uint64_t callers) const;
  const std::string& function_of(std::uint64_t place) const;

  SourceNames names_;
  mutable std::map<std::uint64_t, SourceLine> lines_;
  std::map<std::string, std::set<std::uint64_t>> places_in_, callers_of_;
  std::map<std::pair<TaskId, std::string>, std::set<std::uint64_t>> places_of_task_in_;
};

}  // namespace jitterlab
