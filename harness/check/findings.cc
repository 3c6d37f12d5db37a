#include <algorithm>
#include <utility>

#include "check/check.h"
#include "check/question.h"

namespace jitterlab {
namespace {

bool concerns(const Check& check, const std::string& scenario) {
  return std::find(check.in.begin(), check.in.end(), scenario) != check.in.end();
}

// Whether a check that has failed costs its points, or another failed check already costs the same bug.
class Charges {
 public:
  Charges(const Lab& lab, const std::vector<Finding>& findings) : lab_(lab) {
    for (const Finding& finding : findings) findings_[finding.check] = &finding;
  }

  // The id of the failed check that costs the bug already; empty when `id` costs it itself.
  std::string excuse_for(const std::string& id) {
    const auto known = excuses_.find(id);
    if (known != excuses_.end()) return known->second;
    being_asked_.push_back(id);
    std::string excuse;
    for (const std::string& other : find_check(lab_, id)->unless_failed) {
      if (excuse.empty() && loses_points(other)) excuse = other;
    }
    being_asked_.pop_back();
    return excuses_[id] = excuse;
  }

 private:
  // Of checks that excuse each other, the one that is reached last costs the bug.
  bool loses_points(const std::string& id) {
    const auto found = findings_.find(id);
    if (found == findings_.end() || found->second->verdict != Verdict::kFailed || found->second->points == 0)
      return false;
    if (std::find(being_asked_.begin(), being_asked_.end(), id) != being_asked_.end()) return false;
    return excuse_for(id).empty();
  }

  const Lab& lab_;
  std::map<std::string, const Finding*> findings_;
  std::map<std::string, std::string> excuses_;
  std::vector<std::string> being_asked_;
};

void charge(Finding& finding, const std::string& excuse) {
  finding.not_charged_because = excuse;
  const bool failed = finding.verdict == Verdict::kFailed;
  if (failed && excuse.empty()) {
    finding.lost = finding.points;
  } else if (finding.verdict == Verdict::kNotGraded && excuse.empty()) {
    finding.open = finding.points;
  } else {
    finding.earned = finding.points;
  }
}

// Once `excuse` has failed `check` costs nothing, whatever else fails: a check that may excuse `excuse` in its turn
// excuses `check` as well.
bool excuses_for_good(const Lab& lab, const Check& check, const Check& excuse) {
  std::vector<std::string> to_see = excuse.unless_failed;
  std::set<std::string> seen;
  while (!to_see.empty()) {
    const std::string id = to_see.back();
    to_see.pop_back();
    if (!seen.insert(id).second) continue;
    if (std::find(check.unless_failed.begin(), check.unless_failed.end(), id) == check.unless_failed.end())
      return false;
    const auto& more = find_check(lab, id)->unless_failed;
    to_see.insert(to_see.end(), more.begin(), more.end());
  }
  return true;
}

Finding not_asked(const Check& check) {
  return {.check = check.id,
          .kind = kind_of(check.question),
          .verdict = Verdict::kNotGraded,
          .points = check.points,
          .reason = "this check was not asked for"};
}

}  // namespace

Findings::Findings(const Lab& lab, ProgramRunner run_program, std::vector<std::string> only)
    : lab_(lab), run_program_(std::move(run_program)), only_(std::move(only)) {}

bool Findings::is_asked(const Check& check) const {
  return only_.empty() || std::find(only_.begin(), only_.end(), check.id) != only_.end();
}

const Findings::Cell& Findings::cell(const Check& check, const std::string& scenario) const {
  static const Cell kNothingYet;
  const auto of_check = cells_.find(check.id);
  if (of_check == cells_.end()) return kNothingYet;
  const auto found = of_check->second.find(scenario);
  return found == of_check->second.end() ? kNothingYet : found->second;
}

void Findings::count(const Check& check, const Execution& execution, const Answer& answer) {
  Cell& cell = this->cell(check, execution.scenario);
  const bool controlled = execution.strategy == Strategy::kControlled;
  const bool must_repeat = controlled && answer.verdict == Verdict::kFailed && check.holds == Holds::kAlways;
  if (!must_repeat) cell.first.try_emplace(answer.verdict, Judged{answer, execution, "", {}});
  if (answer.verdict == Verdict::kNotGraded) return;
  const bool plain = execution.strategy == Strategy::kPlain;
  ++(plain ? cell.plain_executions : controlled ? cell.controlled_executions : cell.jitter_executions);
  if (answer.verdict == Verdict::kFailed)
    ++(plain ? cell.plain_failures : controlled ? cell.controlled_failures : cell.jitter_failures);
  if (answer.verdict == Verdict::kFailed && controlled && cell.first_controlled_failure == 0)
    cell.first_controlled_failure = cell.controlled_executions;
}

void Findings::add(const Observation& observation) {
  const Execution& execution = observation.execution;
  for (const Check& check : lab_.checks) {
    if (!is_asked(check) || !concerns(check, execution.scenario)) continue;
    if (!observation.interference.empty()) {
      Cell& cell = this->cell(check, execution.scenario);
      const Answer nothing{.verdict = Verdict::kNotGraded, .seen = "interference: " + observation.interference};
      if (!cell.interfered) cell.first[Verdict::kNotGraded] = {nothing, execution, ""};
      cell.interfered = true;
    } else if (execution.strategy == Strategy::kPlain || !needs_plain_execution(check.question)) {
      const Answer given = answer(lab_, check, observation, run_program_);
      // Who has to be under control is seen better by another execution.
      if (given.verdict == Verdict::kNotGraded && takes_control(check.question))
        cell(check, execution.scenario).hidden = given.seen;
      else
        count(check, execution, given);
      if (given.verdict == Verdict::kFailed && observation.came_to_rest && execution.strategy == Strategy::kPlain)
        cell(check, execution.scenario).waited_for_ever = true;
    }
  }
}

void Findings::add_confirmed(const Observation& observation, const std::string& token, const Explanation& explanation) {
  for (const Check& check : lab_.checks) {
    if (!is_asked(check) || !concerns(check, observation.execution.scenario)) continue;
    if (check.holds != Holds::kAlways || needs_plain_execution(check.question)) continue;
    const Answer given = answer(lab_, check, observation, run_program_);
    if (given.verdict != Verdict::kFailed) continue;
    Cell& cell = this->cell(check, observation.execution.scenario);
    if (!cell.is_settled()) cell.first[Verdict::kFailed] = Judged{given, observation.execution, token, explanation};
  }
}

std::set<std::string> Findings::newly_failing(const Observation& observation) const {
  std::set<std::string> failing;
  for (const Check& check : lab_.checks) {
    const std::string& scenario = observation.execution.scenario;
    if (!is_asked(check) || !concerns(check, scenario) || check.holds != Holds::kAlways) continue;
    if (needs_plain_execution(check.question) || cell(check, scenario).is_settled()) continue;
    if (answer(lab_, check, observation, run_program_).verdict == Verdict::kFailed) failing.insert(check.id);
  }
  return failing;
}

bool Findings::fails(const std::string& check, const Observation& observation) const {
  return answer(lab_, *find_check(lab_, check), observation, run_program_).verdict == Verdict::kFailed;
}

void Findings::add_not_graded(const Execution& execution, const std::string& reason) {
  for (const Check& check : lab_.checks) {
    if (!is_asked(check) || !concerns(check, execution.scenario)) continue;
    if (execution.strategy != Strategy::kPlain && needs_plain_execution(check.question)) continue;
    count(check, execution, {.verdict = Verdict::kNotGraded, .seen = reason});
  }
}

ScenarioFinding Findings::scenario_finding(const Check& check, const std::string& scenario, bool held_somewhere) const {
  const Cell& cell = this->cell(check, scenario);
  ScenarioFinding finding{.scenario = scenario,
                          .plain_executions = cell.plain_executions,
                          .plain_failures = cell.plain_failures,
                          .jitter_executions = cell.jitter_executions,
                          .jitter_failures = cell.jitter_failures,
                          .controlled_executions = cell.controlled_executions,
                          .controlled_failures = cell.controlled_failures,
                          .first_controlled_failure = cell.first_controlled_failure,
                          .once_is_enough = check.holds == Holds::kSometimes};
  const bool only_unrepeated =
      check.holds == Holds::kAlways && cell.controlled_failures > 0 && !cell.has(Verdict::kFailed);
  if (cell.first.empty() && !only_unrepeated) {
    finding.verdict = Verdict::kNotGraded;
    finding.answer.seen = "no " +
                          std::string(needs_plain_execution(check.question) ? "plain "
                                      : takes_control(check.question)       ? "controlled "
                                                                            : "") +
                          "execution of scenario " + scenario + " was done";
    if (!cell.hidden.empty()) finding.answer.seen = cell.hidden;
  } else if (check.holds == Holds::kAlways) {
    finding.verdict = cell.has(Verdict::kFailed)                         ? Verdict::kFailed
                      : cell.has(Verdict::kNotGraded) || only_unrepeated ? Verdict::kNotGraded
                                                                         : Verdict::kPassed;
  } else {
    finding.verdict = cell.interfered                 ? Verdict::kNotGraded
                      : held_somewhere                ? Verdict::kPassed
                      : cell.has(Verdict::kNotGraded) ? Verdict::kNotGraded
                                                      : Verdict::kFailed;
  }
  if (only_unrepeated && !cell.has(Verdict::kNotGraded)) {
    finding.answer.verdict = Verdict::kNotGraded;
    finding.answer.seen = "it failed in " + std::to_string(cell.controlled_failures) +
                          " controlled executions, but not again when their schedules were repeated: the programs do "
                          "not depend on the schedule alone";
  } else if (!cell.first.empty()) {
    // One that held in another scenario only has no passed execution here.
    const auto judged = cell.has(finding.verdict) ? cell.first.find(finding.verdict) : cell.first.begin();
    finding.answer = judged->second.answer;
    finding.answer.verdict = finding.verdict;
    finding.example = judged->second.execution;
    finding.token = judged->second.token;
    finding.explanation = judged->second.explanation;
    for (const auto& [verdict, other] : cell.first) {
      if (finding.answer.expected.empty()) finding.answer.expected = other.answer.expected;
    }
  }
  return finding;
}

Finding Findings::finding_for(const Check& check) const {
  Finding finding{.check = check.id, .kind = kind_of(check.question), .points = check.points, .hint = check.hint};
  const bool held_somewhere = std::any_of(check.in.begin(), check.in.end(), [&](const std::string& scenario) {
    return cell(check, scenario).has(Verdict::kPassed);
  });
  bool failed = false, open = false;
  for (const std::string& scenario : check.in) {
    finding.scenarios.push_back(scenario_finding(check, scenario, held_somewhere));
    const ScenarioFinding& here = finding.scenarios.back();
    failed = failed || here.verdict == Verdict::kFailed;
    if (here.verdict == Verdict::kNotGraded && !open) finding.reason = here.answer.seen;
    open = open || here.verdict == Verdict::kNotGraded;
  }
  // What has to hold once may still hold in an execution that could not be judged.
  if (failed && (check.holds == Holds::kAlways || !open)) {
    finding.verdict = Verdict::kFailed;
    finding.reason.clear();
  } else if (open) {
    finding.verdict = Verdict::kNotGraded;
  }
  return finding;
}

std::vector<Finding> Findings::result() const {
  std::vector<Finding> findings;
  for (const Check& check : lab_.checks) findings.push_back(is_asked(check) ? finding_for(check) : not_asked(check));
  Charges charges(lab_, findings);
  for (Finding& finding : findings) {
    // What was not looked at any more, because it could cost nothing, is not open. After interference a person decides.
    const bool is_unseen = finding.verdict == Verdict::kNotGraded && is_asked(*find_check(lab_, finding.check)) &&
                           !is_interfered(finding.check);
    const bool may_be_excused = finding.verdict == Verdict::kFailed || is_unseen;
    charge(finding, may_be_excused ? charges.excuse_for(finding.check) : "");
  }
  return findings;
}

bool Findings::is_interfered(const std::string& check) const {
  const auto cells = cells_.find(check);
  return cells != cells_.end() && std::any_of(cells->second.begin(), cells->second.end(),
                                              [](const auto& entry) { return entry.second.interfered; });
}

bool Findings::has_failed(const std::string& check) const {
  const auto cells = cells_.find(check);
  return cells != cells_.end() && std::any_of(cells->second.begin(), cells->second.end(), [](const auto& entry) {
           return entry.second.plain_failures + entry.second.jitter_failures + entry.second.controlled_failures > 0;
         });
}

bool Findings::is_told_at_length(const std::string& id, const std::set<std::string>& confirmed) const {
  const Check& check = *find_check(lab_, id);
  return !is_excused(check, confirmed) && !is_lost(check, {});
}

bool Findings::decided(const std::string& scenario, const std::set<std::string>& confirmed) const {
  return std::all_of(lab_.checks.begin(), lab_.checks.end(), [&](const Check& check) {
    if (!is_asked(check) || !concerns(check, scenario) || needs_plain_execution(check.question)) return true;
    const Cell& cell = this->cell(check, scenario);
    // A failure that did not come again yet would leave the check open.
    const bool is_open = cell.has_unrepeated() && confirmed.count(check.id) == 0;
    if (!is_open && is_excused(check, confirmed)) return true;
    if (check.holds != Holds::kAlways) return cell.has(Verdict::kPassed);
    if (!is_open && is_lost(check, {}) && (!cell.has(Verdict::kFailed) || is_confirmed_somewhere(check))) return true;
    return cell.is_settled() || confirmed.count(check.id) > 0;
  });
}

// Whatever is still to come, this check fails.
bool Findings::is_lost(const Check& check, const std::set<std::string>& confirmed) const {
  if (check.holds != Holds::kAlways) return false;
  return confirmed.count(check.id) > 0 ||
         std::any_of(check.in.begin(), check.in.end(),
                     [&](const std::string& scenario) { return cell(check, scenario).is_settled(); });
}

bool Findings::is_confirmed_somewhere(const Check& check) const {
  return std::any_of(check.in.begin(), check.in.end(),
                     [&](const std::string& scenario) { return cell(check, scenario).is_confirmed(); });
}

bool Findings::is_excused(const Check& check, const std::set<std::string>& confirmed) const {
  return std::any_of(check.unless_failed.begin(), check.unless_failed.end(), [&](const std::string& id) {
    const Check& other = *find_check(lab_, id);
    return other.points > 0 && is_asked(other) && is_lost(other, confirmed) && excuses_for_good(lab_, check, other);
  });
}

}  // namespace jitterlab
