// observations -> findings -> points. Reads observations only; starts nothing but, through ProgramRunner, the
// instructor's own checking programs.
#pragma once

#include <functional>
#include <map>
#include <set>
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
  // `only`: ids of the checks to answer, the others are then not graded; empty means all. The lab must outlive this.
  Findings(const Lab& lab, ProgramRunner run_program, std::vector<std::string> only = {});

  // Of a controlled execution failures are only counted: one counts as a verdict when add_confirmed() says that it came
  // again. Those that why_not_judged() (run/trouble.h) speaks of are the caller's to leave out.
  void add(const Observation& observation);

  // A controlled execution whose failures came again when its schedule was repeated. `token` names the schedule. It is
  // told in place of a failure outside control, which may not come again, unless every plain execution fails.
  void add_confirmed(const Observation& observation, const std::string& token, const Explanation& explanation = {});

  // The checks that this observation of a controlled execution breaks and whose failure in its scenario was neither
  // confirmed yet nor comes in every plain execution.
  std::set<std::string> newly_failing(const Observation& observation) const;

  // Whether it breaks this check, told before or not.
  bool fails(const std::string& check, const Observation& observation) const;

  // An execution that gave nothing to judge: its scenario's checks are not graded, unless another execution fails them.
  void add_not_graded(const Execution& execution, const std::string& reason);

  // Findings in the order of the lab file with points, `unless-failed` applied. A check that has no execution of one
  // of its scenarios is not graded; it is not charged either, and nothing open, where another check already costs what
  // it could.
  std::vector<Finding> result() const;

  // Whether an execution of any strategy failed this check, repeated or not. Of a check that holds `sometimes` that
  // says little.
  bool has_failed(const std::string& check) const;

  // Whether it matters how this check fails: not where it costs nothing anyway, nor where it failed elsewhere already.
  bool is_told_at_length(const std::string& check, const std::set<std::string>& confirmed) const;

  // True when more controlled executions of this scenario cannot tell anything new: every check that they can fail is
  // among `confirmed`, had its add_confirmed() or fails in every plain execution without waiting for ever, and what has
  // to hold once has held. Nor can they where a check has lost its points in another scenario and either never failed
  // in this one or was confirmed there, or is not charged whatever it does, as the same bug costs another check.
  bool decided(const std::string& scenario, const std::set<std::string>& confirmed = {}) const;

 private:
  struct Judged {
    Answer answer;
    Execution execution;
    std::string token;
    Explanation explanation;
  };
  // How one check went in one scenario so far.
  struct Cell {
    int plain_executions = 0, plain_failures = 0;  // those that were passed or failed
    int jitter_executions = 0, jitter_failures = 0;
    int controlled_executions = 0, controlled_failures = 0;
    int first_controlled_failure = 0;
    std::map<Verdict, Judged> first;  // the first execution with each verdict
    bool waited_for_ever = false;     // in a plain execution that failed
    bool interfered = false;          // then first[kNotGraded] is the first such execution
    std::string hidden;               // takes_control(): why the last execution that showed too little did

    bool has(Verdict verdict) const { return first.count(verdict) > 0; }
    // Nothing shows the failure better than what is known: a repeated schedule, or any plain execution at all. Unless
    // the programs waited for ever in these: who waits for whom, and why, takes control.
    bool is_settled() const {
      return is_confirmed() || (plain_failures > 0 && plain_failures == plain_executions && !waited_for_ever);
    }
    bool has_unrepeated() const { return controlled_failures > 0 && !has(Verdict::kFailed); }
    bool is_confirmed() const {
      const auto failed = first.find(Verdict::kFailed);
      return failed != first.end() && failed->second.execution.strategy == Strategy::kControlled;
    }
  };

  bool is_asked(const Check& check) const;
  Cell& cell(const Check& check, const std::string& scenario) { return cells_[check.id][scenario]; }
  const Cell& cell(const Check& check, const std::string& scenario) const;
  bool is_interfered(const std::string& check) const;
  bool is_lost(const Check& check, const std::set<std::string>& confirmed) const;
  bool is_confirmed_somewhere(const Check& check) const;
  bool is_excused(const Check& check, const std::set<std::string>& confirmed) const;
  void count(const Check& check, const Execution& execution, const Answer& answer);
  Finding finding_for(const Check& check) const;
  ScenarioFinding scenario_finding(const Check& check, const std::string& scenario, bool held_somewhere) const;

  const Lab& lab_;
  ProgramRunner run_program_;
  std::vector<std::string> only_;
  std::map<std::string, std::map<std::string, Cell>> cells_;  // check id -> scenario -> so far
};

// Fills points, earned, lost and open of the grade from its findings; without any, the points stay as they are. When an
// error of ours ended the grading, all points are open.
void add_up(Grade& grade);

}  // namespace jitterlab
