#include "report/wording.h"

namespace jitterlab {
namespace {

// "3 jittered, 2 plain and 1 controlled": those of `parts` that are not empty.
std::string listed(const std::vector<std::string>& parts) {
  std::vector<std::string> there;
  for (const std::string& part : parts) {
    if (!part.empty()) there.push_back(part);
  }
  return enumerated(there);
}

std::string number_of(int count, const std::string& kind) {
  return count == 0 ? "" : std::to_string(count) + " " + kind;
}

// "40 jittered, 10 plain and 100 controlled executions"
std::string executions_words(const ScenarioFinding& f) {
  const int all = f.jitter_executions + f.plain_executions + f.controlled_executions;
  return listed({number_of(f.jitter_executions, "jittered"), number_of(f.plain_executions, "plain"),
                 number_of(f.controlled_executions, "controlled")}) +
         (all == 1 ? " execution" : " executions");
}

// "3 of 40 jittered executions, 0 of 10 plain ones and 7 of 100 controlled ones"
std::string shares_words(int jittered, int plain, int controlled, const ScenarioFinding& f) {
  bool is_first = true;
  const auto share = [&](int count, int all, const std::string& kind) {
    if (all == 0) return std::string();
    const std::string noun = is_first ? " executions" : " ones";
    is_first = false;
    return std::to_string(count) + " of " + std::to_string(all) + " " + kind + noun;
  };
  const std::string of_jittered = share(jittered, f.jitter_executions, "jittered");
  const std::string of_plain = share(plain, f.plain_executions, "plain");
  return listed({of_jittered, of_plain, share(controlled, f.controlled_executions, "controlled")});
}

std::string passed_words(const ScenarioFinding& f) {
  if (f.jitter_executions + f.plain_executions + f.controlled_executions == 0) return "seen in no execution";
  if (f.jitter_failures + f.plain_failures + f.controlled_failures == 0) return "no failure in " + executions_words(f);
  const int jittered = f.jitter_executions - f.jitter_failures, plain = f.plain_executions - f.plain_failures;
  const int controlled = f.controlled_executions - f.controlled_failures;
  return "once is enough, and it held in " + shares_words(jittered, plain, controlled, f);
}

bool same_way(const ScenarioFinding& a, const ScenarioFinding& b) {
  return a.verdict == b.verdict && a.plain_executions == b.plain_executions && a.plain_failures == b.plain_failures &&
         a.jitter_executions == b.jitter_executions && a.jitter_failures == b.jitter_failures &&
         a.controlled_executions == b.controlled_executions && a.controlled_failures == b.controlled_failures &&
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
  if (f.once_is_enough) return "held in none of " + executions_words(f) + ", and once would have been enough";
  return "failed in " + shares_words(f.jitter_failures, f.plain_failures, f.controlled_failures, f) +
         ", first with seed " + seed_words(f.example.seed) + " (execution " + to_string(f.example.strategy) + " " +
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
