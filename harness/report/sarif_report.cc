// What `explore` and `grade` found as SARIF.
#include <set>

#include "report/exploration_report.h"
#include "report/report.h"
#include "report/sarif.h"
#include "report/wording.h"

namespace jitterlab {
namespace {

using Json = nlohmann::ordered_json;

// "main: exit 1" -> "exit"
std::string first_word(const std::string& failure) {
  const auto role = failure.find(": ");
  const std::string what = role == std::string::npos ? failure : failure.substr(role + 2);
  const std::string word = what.substr(0, what.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"));
  return word.empty() ? "failure" : word;
}

std::string sentences(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& one : words) {
    if (one.empty()) continue;
    text += (text.empty() ? "" : " ") + one;
  }
  return text;
}

SarifResult result_of(const ToldRace& race) {
  SarifResult result{"race", "warning"};
  result.words = "A race on " + race.variable + ": " + race.first.task + " " + race.first.does + " it at " +
                 race.first.place.words() + ", " + race.second.task + " " + race.second.does + " it at " +
                 race.second.place.words() + ", and nothing orders them.";
  if (const std::string tried = tried_words(race); !tried.empty()) result.words += " " + tried;
  if (race.tried.outcome == RaceTried::Outcome::kHarmful) result.level = "error";
  result.token = race.tried.token;
  result.race = &race;
  result.more = {{"executions", race.executions}};
  return result;
}

SarifResult result_of(const ExploredFailure& failure, const ExploredPrograms& explored) {
  SarifResult result{rule_of(failure.explanation, first_word(failure.what)), "error"};
  const std::string often = failure.what + " in " + std::to_string(failure.times) + " of " +
                            std::to_string(explored.executions) + " schedules.";
  result.words = sentences({words_of(failure.explanation), often});
  result.token = failure.token;
  result.explanation = &failure.explanation;
  result.more = {{"executions", explored.executions}, {"failures", failure.times}};
  return result;
}

const ScenarioFinding* first_failed(const Finding& finding) {
  for (const ScenarioFinding& scenario : finding.scenarios) {
    if (scenario.verdict == Verdict::kFailed) return &scenario;
  }
  return nullptr;
}

SarifResult result_of(const Finding& finding, const ScenarioFinding* failed) {
  SarifResult result{finding.kind, "error"};
  result.more = {{"check", printable(finding.check)}, {"points", finding.points}, {"lost", finding.lost}};
  const std::string hint = finding.hint.empty() ? "" : "Hint: " + finding.hint;
  if (failed == nullptr) {
    result.words = sentences({finding.check + " failed.", finding.reason, hint});
    return result;
  }
  result.rule = rule_of(failed->explanation, finding.kind);
  std::string seen = failed->answer.seen;
  for (char& character : seen) character = character == '\n' ? ' ' : character;
  result.words =
      sentences({finding.check + ":", words_of(failed->explanation), seen.empty() ? "" : "Seen: " + seen + ".",
                 "It " + how_often(*failed) + " of " + failed->scenario + ".", hint});
  result.token = failed->token;
  result.explanation = &failed->explanation;
  result.more["scenario"] = printable(failed->scenario);
  return result;
}

}  // namespace

std::string exploration_sarif(const ExploredPrograms& explored) {
  std::vector<SarifResult> results;
  for (const ExploredFailure& failure : explored.failures) results.push_back(result_of(failure, explored));
  for (const ToldRace& race : explored.races) results.push_back(result_of(race));
  return sarif_log(results, {explored.folder, &explored.sources});
}

std::string sarif_report(const Grade& grade, const std::string& folder) {
  std::vector<SarifResult> results;
  for (const Finding& finding : grade.findings) {
    if (finding.verdict == Verdict::kFailed) results.push_back(result_of(finding, first_failed(finding)));
  }
  for (const ScenarioRace& race : grade.races) results.push_back(result_of(race.race));
  return sarif_log(results, {folder, &grade.sources});
}

}  // namespace jitterlab
