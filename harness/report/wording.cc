#include "report/wording.h"

namespace jitterlab {
namespace {

// The strategies of an execution count under two headings; "40 jittered and 10 plain executions".
std::string executions_words(const ScenarioFinding& f) {
  const std::string noun = f.jitter_executions + f.plain_executions == 1 ? " execution" : " executions";
  const std::string jittered = std::to_string(f.jitter_executions) + " jittered";
  const std::string plain = std::to_string(f.plain_executions) + " plain";
  if (f.plain_executions == 0) return jittered + noun;
  if (f.jitter_executions == 0) return plain + noun;
  return jittered + " and " + plain + noun;
}

// "3 of 40 jittered executions and 0 of 10 plain ones"
std::string shares_words(int jittered, int plain, const ScenarioFinding& f) {
  const std::string of_jittered =
      std::to_string(jittered) + " of " + std::to_string(f.jitter_executions) + " jittered executions";
  const std::string of_plain = std::to_string(plain) + " of " + std::to_string(f.plain_executions) + " plain ";
  if (f.plain_executions == 0) return of_jittered;
  if (f.jitter_executions == 0) return of_plain + "executions";
  return of_jittered + " and " + of_plain + "ones";
}

std::string passed_words(const ScenarioFinding& f) {
  if (f.jitter_executions + f.plain_executions == 0) return "seen in no execution";
  if (f.jitter_failures + f.plain_failures == 0) return "no failure in " + executions_words(f);
  const int jittered = f.jitter_executions - f.jitter_failures, plain = f.plain_executions - f.plain_failures;
  return "held in " + shares_words(jittered, plain, f) + "; once, in any scenario, is enough";
}

bool same_way(const ScenarioFinding& a, const ScenarioFinding& b) {
  return a.verdict == b.verdict && a.plain_executions == b.plain_executions && a.plain_failures == b.plain_failures &&
         a.jitter_executions == b.jitter_executions && a.jitter_failures == b.jitter_failures &&
         (a.verdict == Verdict::kPassed || (a.answer.expected == b.answer.expected && a.answer.seen == b.answer.seen));
}

}  // namespace

std::string seed_words(std::uint64_t seed) {
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, seed /= 16) {
    *digit = "0123456789abcdef"[seed % 16];
  }
  return "0x" + digits;
}

Verdict verdict_of(const Grade& grade) {
  const int code = exit_code(grade);
  return code == 0 ? Verdict::kPassed : code == 1 ? Verdict::kFailed : Verdict::kNotGraded;
}

std::string headline(const Grade& grade) {
  const std::string points = std::to_string(grade.earned) + " of " + std::to_string(grade.points) + " points";
  std::string words = grade.lab + ": " + points + ", " + to_string(verdict_of(grade));
  if (grade.open > 0) {
    words += " (" + std::to_string(grade.lost) + " lost, " + std::to_string(grade.open) + " open)";
  }
  return words + (grade.partial ? "; partial result" : "");
}

std::string sandbox_warning(const Grade& grade) {
  if (!grade.trusted) return "";
  return "NOT SANDBOXED: this submission ran without isolation, because --i-trust-this-submission was given.";
}

std::string partial_words(const Grade& grade) {
  if (!grade.partial) return "";
  return "Partial result: " + (grade.partial_because.empty() ? "not everything was done" : grade.partial_because);
}

std::string contact_of(const Grade& grade) { return grade.contact.empty() ? "your instructor" : grade.contact; }

bool is_interference(const std::string& reason) { return reason.find("interfere") != std::string::npos; }

std::string how_often(const ScenarioFinding& f) {
  switch (f.verdict) {
    case Verdict::kPassed:
      return passed_words(f);
    case Verdict::kNotGraded:
      return "not graded";
    case Verdict::kFailed:
      break;
  }
  return "failed in " + shares_words(f.jitter_failures, f.plain_failures, f) + ", first with seed " +
         seed_words(f.example.seed) + " (execution " + to_string(f.example.strategy) + " " +
         std::to_string(f.example.index) + ")";
}

std::vector<SameWay> grouped(const Finding& finding) {
  std::vector<SameWay> groups;
  for (const ScenarioFinding& scenario : finding.scenarios) {
    auto group = groups.begin();
    while (group != groups.end() && !same_way(*group->first, scenario)) ++group;
    if (group == groups.end()) group = groups.insert(groups.end(), SameWay{{}, &scenario});
    group->scenarios.push_back(scenario.scenario);
  }
  return groups;
}

std::string enumerated(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace jitterlab
