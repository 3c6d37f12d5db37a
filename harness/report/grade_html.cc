// A grade as a page: first the checks that lost points, each with its story, then all checks.
#include <algorithm>
#include <set>

#include "report/evidence.h"
#include "report/failure_told.h"
#include "report/report.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

constexpr std::size_t kMostDiagnostics = 40;

std::string share(int failures, int executions, const std::string& what) {
  return std::to_string(failures) + " of " + std::to_string(executions) + " " + what;
}

bool is_charged(const Finding& finding) {
  return finding.verdict == Verdict::kFailed && finding.not_charged_because.empty();
}

std::string mark_of(Verdict verdict) {
  return verdict == Verdict::kPassed ? "\u2713" : verdict == Verdict::kFailed ? "\u2717" : "?";
}

class GradePage {
 public:
  GradePage(const Grade& grade, const TerminalStyle& style)
      : grade_(grade), style_(style), html_("jitterlab: " + headline(grade)) {}

  std::string run() {
    html_.open("main");
    tell_head();
    for (const BuildFailure& failure : grade_.build_failures) tell_build_failure(failure);
    for (const Finding& finding : grade_.findings) {
      if (is_charged(finding)) tell_finding(finding);
    }
    tell_checks();
    tell_other_races();
    tell_other_found();
    tell_foot();
    return html_.finish();
  }

 private:
  void tell_head() {
    html_.open("header", {{"class", "page-head"}});
    html_.element("p", {{"class", "what"}}, grade_.title);
    html_.element("h1", headline(grade_));
    for (const std::string& words : {sandbox_warning(grade_), partial_words(grade_)}) {
      if (!words.empty()) html_.element("p", {{"class", "warning"}}, words);
    }
    if (!grade_.not_graded_because.empty())
      html_.element("p", {{"class", "warning"}}, "Not graded, because: " + grade_.not_graded_because);
    for (const std::string& remark : grade_.remarks) html_.element("p", {{"class", "aside"}}, remark);
    html_.close();
  }

  void tell_build_failure(const BuildFailure& failure) {
    html_.open("section", {{"class", "failure"}});
    html_.element("h2", failure.program.empty() ? "The hand-in" : "Program " + failure.program);
    for (const std::string& words : {failure.what, failure.what_to_do}) {
      if (!words.empty()) html_.element("p", words);
    }
    if (!failure.diagnostics.empty()) show_text(html_, failure.diagnostics, kMostDiagnostics);
    html_.close();
  }

  // The one with a schedule that was not told yet, else the first.
  const ScenarioFinding* example_of(const Finding& finding) const {
    const ScenarioFinding* example = nullptr;
    for (const ScenarioFinding& scenario : finding.scenarios) {
      if (scenario.verdict != Verdict::kFailed) continue;
      const bool is_new = !scenario.token.empty() && told_.count(scenario.scenario + scenario.token) == 0;
      if (is_new) return &scenario;
      if (example == nullptr) example = &scenario;
    }
    return example;
  }

  void tell_finding(const Finding& finding) {
    static const Explanation kNone;
    FailureTold told;
    told.title = finding.check;
    told.points = std::to_string(finding.earned) + " of " + std::to_string(finding.points) + " points";
    told.hint = finding.hint;
    told.explanation = &kNone;
    if (const ScenarioFinding* example = example_of(finding))
      tell_example(told, *example);
    else if (!finding.reason.empty())
      told.remarks.push_back(finding.reason);
    tell_failure(html_, told, grade_.sources, ++number_);
    shown_.insert(race_of(told));
  }

  void tell_example(FailureTold& told, const ScenarioFinding& example) {
    told.facts.push_back(example.scenario);
    tell_counts(told, example);
    if (example.plain_failures == 0 && example.plain_executions > 0)
      told.remarks.push_back("Plain runs did not show it: it may look right on your machine.");
    told.expected = example.answer.expected;
    told.seen = example.answer.seen;
    told.command = run_command(grade_, example, style_);
    for (const ScenarioRace& race : grade_.races) {
      if (race.scenario == example.scenario) told.races.push_back(&race.race);
    }
    if (example.token.empty() || told_.insert(example.scenario + example.token).second)
      told.explanation = &example.explanation;
    else
      told.remarks.push_back("The schedule is told above.");
  }

  static void tell_counts(FailureTold& told, const ScenarioFinding& example) {
    if (example.once_is_enough) return told.facts.push_back(how_often(example));
    if (example.controlled_executions > 0)
      told.facts.push_back(share(example.controlled_failures, example.controlled_executions, "schedules"));
    if (example.jitter_executions > 0)
      told.facts.push_back(share(example.jitter_failures, example.jitter_executions, "jittered runs"));
    if (example.plain_executions > 0)
      told.facts.push_back(share(example.plain_failures, example.plain_executions, "plain runs"));
  }

  void tell_checks() {
    if (grade_.findings.empty()) return;
    html_.open("section", {{"aria-labelledby", "checks-title"}});
    html_.element("h2", {{"id", "checks-title"}}, "All checks").open("table").open("thead").open("tr");
    for (const char* column : {"", "Check", "Points", "What was seen"}) html_.element("th", {{"scope", "col"}}, column);
    html_.close().close().open("tbody");
    for (const Finding& finding : grade_.findings) {
      html_.open("tr").element("td", mark_of(finding.verdict));
      html_.element("td", finding.check + ": " + to_string(finding.verdict));
      html_.element("td", {{"class", "points"}},
                    std::to_string(finding.earned) + " of " + std::to_string(finding.points) +
                        (finding.open > 0 ? ", " + std::to_string(finding.open) + " open" : ""));
      html_.element("td", seen_words(finding)).close();
    }
    html_.close().close().close();
  }

  static std::string seen_words(const Finding& finding) {
    std::string words;
    if (!finding.not_charged_because.empty())
      words = "Not charged: the same bug as " + finding.not_charged_because + ". ";
    if (finding.verdict == Verdict::kNotGraded && !finding.reason.empty()) words += finding.reason + ". ";
    for (const SameWay& group : grouped(finding)) {
      if (group.first->verdict == Verdict::kPassed)
        words += how_often(*group.first) + " of " + enumerated(group.scenarios) + ". ";
      else if (group.first->verdict == Verdict::kFailed)
        words += enumerated(group.scenarios) + ": " + how_often(*group.first) + ". ";
    }
    return words;
  }

  void tell_other_races() {
    std::vector<const ToldRace*> others;
    for (const ScenarioRace& race : grade_.races) {
      if (shown_.count(&race.race) == 0) others.push_back(&race.race);
    }
    tell_races(html_, others, grade_.sources);
  }

  // As in a terminal: what is left behind is told by the checks of labs that care.
  void tell_other_found() {
    std::vector<const ToldFound*> others;
    for (const ScenarioFound& found : grade_.found) {
      if (found.check.empty() && found.found.kind != kLeak) others.push_back(&found.found);
    }
    tell_found(html_, others, grade_.sources);
  }

  void tell_foot() {
    html_.open("footer");
    if (grade_.open > 0) html_.element("p", "What is not graded costs nothing. Ask " + contact_of(grade_) + ".");
    for (const ScenarioStrength& strength : grade_.strengths)
      html_.element("p", "Schedules tried under control in " + strength.scenario + ": " + strength.words + ".");
    std::string words =
        "Graded with seed " + seed_words(grade_.seed) + ", lab version " + std::to_string(grade_.lab_version);
    if (!grade_.toolchain.empty()) words += ", compiler " + grade_.toolchain;
    if (!grade_.isolation.empty()) words += ", isolation: " + grade_.isolation;
    html_.element("p", words + ".");
    for (const auto& [key, value] : grade_.meta) html_.element("p", key + ": " + value);
    html_.close();
  }

  const Grade& grade_;
  const TerminalStyle& style_;
  Html html_;
  int number_ = 0;
  std::set<std::string> told_;  // scenario and token
  std::set<const ToldRace*> shown_;
};

}  // namespace

std::string html_report(const Grade& grade, const TerminalStyle& style) { return GradePage(grade, style).run(); }

}  // namespace jitterlab
