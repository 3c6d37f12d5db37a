#include "run/run_execution.h"

#include "os/error.h"
#include "run/scenario_run.h"

namespace jitterlab {
namespace {

const Scenario& scenario_of(const Lab& lab, const Execution& execution) {
  const Scenario* scenario = find_scenario(lab, execution.scenario);
  if (!scenario) throw Error("the lab " + lab.id + " has no scenario " + execution.scenario);
  return *scenario;
}

}  // namespace

Observation run_execution(Box& box, const Lab& lab, const ProgramPaths& programs, const Execution& execution,
                          double share, const Schedule* schedule, StartBy start) {
  const Scenario& scenario = scenario_of(lab, execution);
  if (execution.strategy == Strategy::kControlled && !schedule) throw Error("a controlled execution has no schedule");
  return ScenarioRun(box, lab, scenario, programs, execution, schedule, start)
      .run(share * scenario.limits.wall_seconds);
}

Observation run_and_look(Box& box, const Lab& lab, const ProgramPaths& programs, const Execution& execution,
                         const Schedule& schedule, const std::function<void()>& look) {
  const Scenario& scenario = scenario_of(lab, execution);
  return ScenarioRun(box, lab, scenario, programs, execution, &schedule, StartBy::kExec)
      .run(scenario.limits.wall_seconds, look);
}

}  // namespace jitterlab
