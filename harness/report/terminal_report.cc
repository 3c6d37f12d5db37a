// The report is read by the student whose work it is about: the result first, then check by check what happened, in the
// end what to do next. It reads the same without colour and in a CI log.
#include <algorithm>
#include <set>

#include "report/evidence.h"
#include "report/explanation_report.h"
#include "report/found_words.h"
#include "report/page.h"
#include "report/race_words.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

Colour colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return Colour::kGood;
    case Verdict::kFailed:
      return Colour::kBad;
    case Verdict::kNotGraded:
      break;
  }
  return Colour::kOpen;
}

void tell_warning(Page& page, const Grade& grade) {
  if (!grade.trusted) return;
  page.blank();
  page.say(0, sandbox_warning(grade), Colour::kOpen);
}

void tell_header(Page& page, const Grade& grade) {
  page.say(0, headline(grade), colour_of(verdict_of(grade)));
  if (!grade.title.empty()) page.say(0, grade.title);
  tell_warning(page, grade);
  if (grade.partial) {
    page.blank();
    page.say(0, partial_words(grade), Colour::kOpen);
  }
  if (!grade.not_graded_because.empty()) {
    page.blank();
    page.say(0, "Not graded, because:", Colour::kOpen);
    page.quote(2, grade.not_graded_because);
  }
}

void tell_hand_in(Page& page, const Grade& grade) {
  if (!grade.remarks.empty()) {
    page.blank();
    page.say(0, "About the hand-in (costs nothing):");
    for (const std::string& remark : grade.remarks) page.quote(2, remark);
  }
  for (const BuildFailure& failure : grade.build_failures) {
    page.blank();
    tell_build_failure(page, 0, failure);
  }
}

// "9 of 9 ", as wide as the widest of the grade
std::string points_words(const Grade& grade, const Finding& finding) {
  int most = 0;
  for (const Finding& other : grade.findings) most = std::max(most, other.points);
  const std::size_t width = std::to_string(most).size();
  std::string earned = std::to_string(finding.earned), points = std::to_string(finding.points);
  if (earned.size() < width) earned.insert(0, width - earned.size(), ' ');
  if (points.size() < width) points.append(width - points.size(), ' ');
  return earned + " of " + points;
}

std::string verdict_words(const Finding& finding) {
  std::string words = finding.check + ": " + to_string(finding.verdict);
  if (!finding.not_charged_because.empty()) words += ", not charged: same bug as " + finding.not_charged_because;
  if (finding.open > 0) words += " (" + std::to_string(finding.open) + " open)";
  return words;
}

// "no failure in 40 jittered and 10 plain executions of each of one-each and crowd"
std::string strength_words(const SameWay& group) {
  const std::string each = group.scenarios.size() > 1 ? "each of " : "";
  return how_often(*group.first) + " of " + each + enumerated(group.scenarios);
}

// The schedule that shows it, once for all checks that it fails.
void tell_story(Page& page, int indent, const Finding& finding, std::set<std::string>& told) {
  for (const ScenarioFinding& scenario : finding.scenarios) {
    const bool is_new = scenario.verdict == Verdict::kFailed && told.insert(scenario.scenario + scenario.token).second;
    if (is_new && !scenario.token.empty()) return tell_explanation(page, indent, scenario.explanation);
  }
}

void tell_what_to_do(Page& page, int indent, const Grade& grade, const Finding& finding, const TerminalStyle& style) {
  if (!finding.hint.empty()) page.say(indent, "Hint: " + finding.hint);
  const auto has_failed = [](const ScenarioFinding& s) { return s.verdict == Verdict::kFailed; };
  const auto comes_again = [&](const ScenarioFinding& s) { return has_failed(s) && !s.token.empty(); };
  const auto& scenarios = finding.scenarios;
  auto failed = std::find_if(scenarios.begin(), scenarios.end(), comes_again);
  if (failed == scenarios.end()) failed = std::find_if(scenarios.begin(), scenarios.end(), has_failed);
  if (failed == scenarios.end()) return;
  page.say(indent, "To see it yourself:");
  page.command(indent + 2, run_command(grade, *failed, style));
}

void tell_finding(Page& page, const Grade& grade, const Finding& finding, const TerminalStyle& style,
                  std::set<std::string>& told) {
  const std::string points = points_words(grade, finding);
  const int indent = static_cast<int>(points.size()) + 2;
  const std::vector<SameWay> groups = grouped(finding);
  std::string heading = verdict_words(finding);
  const bool says_all = finding.verdict == Verdict::kPassed && groups.size() == 1;
  if (says_all) heading += ", " + strength_words(groups[0]);
  page.item(indent, points, heading, colour_of(finding.verdict));
  if (says_all) return;
  const bool scenario_tells = std::any_of(
      groups.begin(), groups.end(), [&](const SameWay& group) { return group.first->answer.seen == finding.reason; });
  if (!scenario_tells) page.quote(indent, finding.reason);
  for (const SameWay& group : groups) tell_scenario(page, indent, group);
  const bool charged = finding.verdict == Verdict::kFailed && finding.not_charged_because.empty();
  if (charged) tell_story(page, indent, finding, told);
  if (charged) tell_what_to_do(page, indent, grade, finding, style);
}

bool interfered(const Grade& grade) {
  return is_interference(grade.not_graded_because) ||
         std::any_of(grade.findings.begin(), grade.findings.end(),
                     [](const Finding& f) { return f.verdict == Verdict::kNotGraded && is_interference(f.reason); });
}

void tell_whom_to_ask(Page& page, const Grade& grade, const TerminalStyle& style) {
  const std::string send = "nothing is lost; send this file to " + contact_of(grade) + ": not-graded.json, written by";
  if (interfered(grade)) {
    page.say(0, "Not graded because the submission interfered with the grading. A person decides, until then " + send);
  } else {
    page.say(0, "What is not graded is not your fault, " + send);
  }
  page.command(2, save_command(grade, style));
}

void tell_next(Page& page, const Grade& grade, const TerminalStyle& style) {
  page.blank();
  if (verdict_of(grade) == Verdict::kNotGraded) tell_whom_to_ask(page, grade, style);
  const auto first_lost = std::find_if(grade.findings.begin(), grade.findings.end(),
                                       [](const Finding& finding) { return finding.lost > 0; });
  if (!grade.build_failures.empty()) {
    page.say(0, "Next: make it build as said above, then grade again.");
  } else if (first_lost != grade.findings.end()) {
    page.say(0, "Next: start with " + first_lost->check + ", the first check that lost points, then grade again.");
  } else if (verdict_of(grade) == Verdict::kPassed) {
    page.say(0, "No check lost points. That is what these executions showed, not a proof that no other can fail.");
  }
}

void tell_races(Page& page, const Grade& grade) {
  constexpr std::size_t kMostRaces = 5;
  // Those that a check forbids were told with it.
  std::vector<const ScenarioRace*> races;
  for (const ScenarioRace& race : grade.races) {
    if (race.check.empty()) races.push_back(&race);
  }
  if (races.empty()) return;
  page.blank();
  page.say(0,
           "Races under control: accesses to the same memory that nothing orders. They cost no points by themselves.");
  for (std::size_t i = 0; i < races.size() && i < kMostRaces; ++i) {
    page.say(2, races[i]->scenario + ":");
    tell_race(page, 4, races[i]->race);
  }
  if (races.size() > kMostRaces)
    page.say(2, "and " + std::to_string(races.size() - kMostRaces) + " more, in the JSON report");
}

// Misuses that no check forbids. What is left behind is told by the checks of labs that care.
void tell_misuses(Page& page, const Grade& grade) {
  constexpr std::size_t kMostMisuses = 5;
  std::size_t told = 0;
  for (const ScenarioFound& found : grade.found) {
    if (!found.check.empty() || found.found.kind == kLeak || told == kMostMisuses) continue;
    if (told++ == 0) {
      page.blank();
      page.say(0, "Also seen under control. It costs no points by itself.");
    }
    page.say(2, found.scenario + ":");
    tell_found(page, 4, found.found);
  }
}

void tell_strength(Page& page, const Grade& grade) {
  if (grade.strengths.empty()) return;
  page.blank();
  page.say(0, "Schedules tried under control:");
  for (const ScenarioStrength& strength : grade.strengths) page.say(2, strength.scenario + ": " + strength.words);
}

void tell_identity(Page& page, const Grade& grade) {
  std::string words =
      "Graded with seed " + seed_words(grade.seed) + ", lab version " + std::to_string(grade.lab_version);
  if (!grade.toolchain.empty()) words += ", compiler " + grade.toolchain;
  if (!grade.isolation.empty()) words += ", isolation: " + grade.isolation;
  page.blank();
  page.say(0, words);
  for (const auto& [key, value] : grade.meta) page.quote(2, printable(key) + ": " + printable(value));
}

}  // namespace

std::string terminal_report(const Grade& grade, const TerminalStyle& style) {
  Page page(style.columns, style.colour);
  tell_header(page, grade);
  tell_hand_in(page, grade);
  if (!grade.findings.empty()) page.blank();
  std::set<std::string> told;
  for (const Finding& finding : grade.findings) tell_finding(page, grade, finding, style, told);
  tell_next(page, grade, style);
  tell_races(page, grade);
  tell_misuses(page, grade);
  tell_strength(page, grade);
  tell_identity(page, grade);
  tell_warning(page, grade);
  return page.text();
}

}  // namespace jitterlab
