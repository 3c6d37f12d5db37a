// `replay --stop-at`: all programs of an execution held at one step, for a debugger and for tools that look at the
// system, as `ipcs` does.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/places.h"
#include "lab/lab.h"
#include "plan/execution.h"
#include "run/lanes.h"
#include "schedule/campaign_schedule.h"

namespace jitterlab {

struct ToHold {
  const Lab& lab;
  const Lanes& lanes;
  Execution execution;
  Schedule schedule;
  const ProgramSources& sources;
  std::vector<std::string> folders;  // of sources, for gdb
};

// Carries out the schedule up to options.stop_at, says who is held where and how to look, and waits until standard
// input has a line or ends, or, with options.gdb, until gdb has ended. Returns the exit status 0. Throws Error when the
// execution does not come to that step, or when there is no such task.
int hold(const ToHold& what, const Options& options);

}  // namespace jitterlab
