// observations -> findings -> points. Reads observations only; starts nothing but, through ProgramRunner, the
// instructor's own checking programs.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "check/finding.h"
#include "lab/lab.h"
#include "run/observation.h"

namespace jitterlab {

// Runs an instructor's checking program on an observation; given by the caller, so that check/ itself starts nothing.
// Exit code 0: passed, 1: failed with `text` as reason; anything else, or no ending: not graded.
struct ProgramAnswer {
  bool ended = false;
  int exit_code = 0;
  std::string text;
};
using ProgramRunner = std::function<ProgramAnswer(const ProgramCheck&, const Observation&)>;

// Answers one check for one observation of one of its scenarios. Never throws for what students print.
Answer answer(const Lab& lab, const Check& check, const Observation& observation, const ProgramRunner& run_program);

// Collects answers as executions come in (single-threaded), so that observations need not be kept.
class Findings {
 public:
  // `only`: ids of the checks to answer; empty means all. The lab must outlive this.
  Findings(const Lab& lab, ProgramRunner run_program, std::vector<std::string> only = {});

  void add(const Observation& observation);

  // An execution that gave nothing to judge: its scenario's checks are not graded, unless another execution fails them.
  void add_not_graded(const Execution& execution, const std::string& reason);

  // Findings in the order of the lab file with points, `unless-failed` applied. A check that has no execution of one
  // of its scenarios is not graded.
  std::vector<Finding> result() const;

  // True when every check of this scenario has failed already (more executions cannot change the verdict).
  bool decided(const std::string& scenario) const;

 private:
  struct PerScenario {
    ScenarioFinding finding;
    int holds = 0;
    int answered = 0;
    std::string reason;
  };
  const Lab& lab_;
  ProgramRunner run_program_;
  std::vector<std::string> only_;
  std::map<std::string, std::map<std::string, PerScenario>> cells_;  // check id -> scenario -> so far
};

// Adds up; fills points, earned, lost and open of the grade from its findings.
void add_up(Grade& grade);

}  // namespace jitterlab
