// What a student is told about one failure; the same lines on the terminal and in JUnit.
#pragma once

#include <string>

#include "check/finding.h"
#include "report/page.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {

// Scenario, how often, expected, seen; or why it is not graded.
void tell_scenario(Page& page, int indent, const SameWay& same_way);

// Program, what is wrong, what to do, the compiler's first 40 lines.
void tell_build_failure(Page& page, int indent, const BuildFailure& failure);

// "jitterlab run producer-consumer prodcons crowd --seed 0x… --jitter": shows the example again.
// Lab and submission are those of the style, quoted here for a shell.
std::string run_command(const Grade& grade, const ScenarioFinding& finding, const TerminalStyle& style);

// The command that grades again and writes the file to send; see contact_of().
std::string save_command(const Grade& grade, const TerminalStyle& style);

}  // namespace jitterlab
