// Controlled executions of one scenario, several at a time.
#pragma once

#include <memory>
#include <vector>

#include "lab/lab.h"
#include "plan/execution.h"
#include "run/lanes.h"
#include "run/observation.h"
#include "run/run_execution.h"
#include "schedule/campaign_schedule.h"

namespace jitterlab {

// A box per lane, each with a thread of its own, kept for as long as the crew lives. Called from one thread. The lab
// must outlive it.
class Crew {
 public:
  Crew(const Lab& lab, const Lanes& lanes);
  ~Crew();

  // One observation per schedule, in their order. An execution that exceeds its time or memory is run a second time
  // with all other lanes idle, and only that one counts: a busy machine is not the student's fault. Throws Error when a
  // sandbox fails.
  std::vector<Observation> run(const Execution& execution, const std::vector<Schedule>& schedules,
                               StartBy start = StartBy::kExec);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jitterlab
