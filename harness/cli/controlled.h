// The controlled executions of a grading.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "check/check.h"
#include "cli/options.h"
#include "cli/places.h"
#include "lab/lab.h"
#include "run/lanes.h"

namespace jitterlab {

// A number from the lab file, scaled by --budget, or that of --schedules.
int controlled_executions(const Scenario& scenario, const Options& options);

// What a token belongs to: the lab, the scenario, the words drawn, the submission, the build.
std::uint32_t fingerprint_of(const Grade& grade, const std::string& scenario);

// Searches each scenario, also for a schedule of a failure that was seen outside control, until every check has one.
// Findings and strengths go into `findings` and `grade`; `advance` is called after each execution. Throws Error when a
// sandbox fails.
void run_controlled(Grade& grade, const Options& options, const Lab& lab, const Lanes& lanes,
                    const ProgramSources& sources, Findings& findings, const std::atomic<bool>& stop,
                    const std::function<void(const std::string&)>& advance);

// With the texts of the submission's files.
ProgramSources sources_of_submission(const Lab& lab, const BuiltPrograms& built, const BoxSetup& setup,
                                     const std::string& submission);

// Carries out the schedule of a token for a submission, and shows it. Exit code: 0 no check failed, 1 one failed, 2 it
// could not be repeated.
int replay_submission(const Options& options);

}  // namespace jitterlab
