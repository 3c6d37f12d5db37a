// Runs programs under the agent without a sandbox: makes the control area itself, as box init does.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "agent/control_area.h"
#include "os/ending.h"
#include "os/temp_dir.h"
#include "schedule/campaign_schedule.h"

namespace jitterlab {

struct BenchRun {
  Ending ending;
  std::string out;       // standard output and error
  bool stopped = false;  // was killed because a limit of controlled executions was reached
  bool at_rest = false;  // was killed because all its threads and children slept and nothing changed any more
};

class AgentBench {
 public:
  AgentBench();
  ~AgentBench();

  // A fresh control area; what earlier runs left in it is gone.
  void reset(std::uint64_t seed);
  // Likewise for a controlled execution of one program.
  void reset_controlled(StrategyKind strategy, std::uint64_t seed, bool slow_others = false);
  void reset_controlled(const Schedule& schedule);
  ControlArea& area() { return *area_; }
  // Of the last controlled run.
  std::vector<TraceEvent> trace();
  std::string control_path() const { return folder_.path() + "/control"; }

  // The environment of a program under the agent, of root `root`.
  std::vector<std::string> environment(int root = 0) const;

  // Runs a program of tests/agent/programs to its end.
  BenchRun run(const std::string& program, const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment);
  BenchRun run(const std::string& program, const std::vector<std::string>& arguments = {}) {
    return run(program, arguments, environment());
  }

  // id -> steps of all tasks of the last run.
  std::map<std::uint64_t, std::uint64_t> steps_of_tasks() const;

 private:
  void make_area(std::uint64_t seed, std::size_t size);
  void wait_for_controlled(int pid, BenchRun& result);

  TempDir folder_;
  ControlArea* area_ = nullptr;
  std::size_t size_ = 0;
};

// PATH only.
std::vector<std::string> plain_environment();

}  // namespace jitterlab
