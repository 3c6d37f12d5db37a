#include "run/run_execution.h"

#include "os/error.h"
#include "run/scenario_run.h"

namespace jitterlab {

Observation run_execution(Box& box, const Lab& lab, const ProgramPaths& programs, const Execution& execution,
                          double share, const Schedule* schedule, StartBy start) {
  const Scenario* scenario = find_scenario(lab, execution.scenario);
  if (!scenario) throw Error("the lab " + lab.id + " has no scenario " + execution.scenario);
  if (execution.strategy == Strategy::kControlled && !schedule) throw Error("a controlled execution has no schedule");
  return ScenarioRun(box, lab, *scenario, programs, execution, schedule, start)
      .run(share * scenario->limits.wall_seconds);
}

}  // namespace jitterlab
