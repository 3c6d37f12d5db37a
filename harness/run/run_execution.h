// Execution -> Observation: drives one scenario in a box.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "build/build.h"
#include "lab/lab.h"
#include "plan/execution.h"
#include "run/observation.h"
#include "sandbox/box.h"
#include "schedule/campaign_schedule.h"

namespace jitterlab {

// Where the programs of a scenario are inside the box.
struct ProgramPaths {
  // program name -> path inside the box, for the plain and for the instrumented build
  std::map<std::string, std::string> plain, instrumented;  // of the submission
  std::map<std::string, std::string> reference_plain, reference_instrumented;
  std::map<std::string, std::string> lab;
  std::string agent, lines;  // libraries to preload: for the instrumented build, and for the plain one
  std::map<std::string, std::vector<std::string>> imports;  // program of the submission -> symbols
  std::set<std::string> in_python;      // programs of the submission or the reference that an interpreter runs
  std::set<std::string> without_agent;  // programs of the submission or the reference that load none: they are static
};

// How the programs of a controlled execution are started. Those that wait to be copied lie in the student's address
// space: they are faster, and what is to be relied upon is started by exec, while none of them is alive.
enum class StartBy { kExec, kFork };

// Runs it once. The observation is complete; the box is as new afterwards. `share` of the scenario's wall limit is
// given. A controlled execution follows `schedule`, which no other needs. Throws Error when the sandbox fails, or when
// the schedule is larger than the agent can hold.
Observation run_execution(Box& box, const Lab& lab, const ProgramPaths& programs, const Execution& execution,
                          double share = 1, const Schedule* schedule = nullptr, StartBy start = StartBy::kExec);

// Carries out a schedule by exec, and calls `look` before what is left is killed: while all programs are held at the
// schedule's `stop_at`, or wait for one another.
Observation run_and_look(Box& box, const Lab& lab, const ProgramPaths& programs, const Execution& execution,
                         const Schedule& schedule, const std::function<void()>& look);

// A controlled execution that takes more steps is stopped (Limit::kSteps).
inline constexpr std::uint32_t kMostSteps = 100'000;

}  // namespace jitterlab
