#include "report/evidence.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "plan/plan.h"

namespace jitterlab {
namespace {

constexpr int kDiagnosticLines = 40;

// `name` as one word of a shell command. A name that cannot be shown as it is cannot be copied either.
std::string shell_word(const std::string& name, const std::string& otherwise) {
  if (name.empty() || printable(name) != name) return otherwise;
  const auto harmless = [](unsigned char c) {
    return std::isalnum(c) || std::string_view("_./+,-").find(c) != std::string_view::npos;
  };
  if (std::all_of(name.begin(), name.end(), harmless)) return name;
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void tell_expected_and_seen(Page& page, int indent, const Answer& answer) {
  if (!answer.expected.empty()) {
    page.say(indent, "expected");
    page.quote(indent, answer.expected);
  }
  if (!answer.seen.empty()) {
    page.say(indent, "seen");
    page.quote(indent, answer.seen);
  }
}

std::string lab_and_submission(const Grade& grade, const TerminalStyle& style) {
  return shell_word(style.lab.empty() ? grade.lab : style.lab, "<lab>") + " " +
         shell_word(style.submission, "<submission>");
}

}  // namespace

void tell_scenario(Page& page, int indent, const SameWay& same_way) {
  const ScenarioFinding& finding = *same_way.first;
  const bool several = same_way.scenarios.size() > 1;
  std::string words = (several ? "each of " : "") + enumerated(same_way.scenarios) + ": " + how_often(finding);
  if (several && finding.verdict == Verdict::kFailed) words += ", here in " + finding.scenario;
  page.say(indent, words);
  if (finding.verdict == Verdict::kPassed) return;
  if (finding.verdict == Verdict::kNotGraded) return page.quote(indent + 2, finding.answer.seen);
  if (finding.jitter_failures + finding.controlled_failures > 0 && finding.plain_failures == 0 &&
      finding.plain_executions > 0) {
    page.say(indent, "Plain runs did not show it: it depends on which process runs when.");
  }
  tell_expected_and_seen(page, indent + 2, finding.answer);
}

void tell_build_failure(Page& page, int indent, const BuildFailure& failure) {
  page.say(indent, failure.program.empty() ? "The hand-in:" : "Program " + failure.program + ":");
  page.quote(indent + 2, failure.what);
  if (!failure.what_to_do.empty()) {
    page.say(indent, "What to do:");
    page.quote(indent + 2, failure.what_to_do);
  }
  if (!failure.diagnostics.empty()) {
    page.say(indent, "The compiler says:");
    page.quote(indent + 2, failure.diagnostics, kDiagnosticLines);
  }
}

std::string run_command(const Grade& grade, const ScenarioFinding& finding, const TerminalStyle& style) {
  if (!finding.token.empty()) {
    const bool is_default = grade.seed == default_seed(grade.lab, grade.lab_version);
    return "jitterlab replay " + finding.token + " " + lab_and_submission(grade, style) +
           (is_default ? "" : " --seed " + seed_words(grade.seed));
  }
  return "jitterlab run " + lab_and_submission(grade, style) + " " + finding.scenario + " --seed " +
         seed_words(finding.example.seed) + (finding.example.strategy == Strategy::kJitter ? " --jitter" : "");
}

std::string save_command(const Grade& grade, const TerminalStyle& style) {
  return "jitterlab grade " + lab_and_submission(grade, style) + " --seed " + seed_words(grade.seed) +
         " --format json > not-graded.json";
}

}  // namespace jitterlab
