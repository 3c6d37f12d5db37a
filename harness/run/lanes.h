// Many executions over several boxes at once.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lab/lab.h"
#include "plan/execution.h"
#include "run/observation.h"
#include "run/run_execution.h"
#include "sandbox/box.h"

namespace jitterlab {

struct Lanes {
  int count = 1;          // boxes, each with a thread of its own
  BoxSetup setup;         // of each box
  ProgramPaths programs;  // inside the boxes
};

// What becomes of an execution: exactly one of the two is called for each, in the order of `executions`, from the
// calling thread.
struct Takers {
  std::function<void(const Observation&)> seen;
  // It was not run, because `stop` was set.
  std::function<void(const Execution&, const std::string& why)> left_out;
};

// How often each scenario exceeded its time limit, so that it counts.
using TimeOuts = std::map<std::string, int>;

// Runs them. An execution that exceeds a limit is run a second time with all other lanes idle, and only that one
// counts: a busy machine is not the student's fault. A scenario that exceeded its time limit twice so gets less time
// from then on, in later calls with the same `time_outs` too. Setting `stop` (from any thread or a signal handler)
// leaves out all that have not begun. Throws Error, after all lanes have ended, when a sandbox fails.
void run_executions(const Lab& lab, const Lanes& lanes, const std::vector<Execution>& executions,
                    const std::atomic<bool>& stop, const Takers& takers, TimeOuts& time_outs);

}  // namespace jitterlab
